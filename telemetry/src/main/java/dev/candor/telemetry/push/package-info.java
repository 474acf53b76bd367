/** Figures that are sent to others, every few seconds, each receiver by a thread of its own. */
@NullMarked
package dev.candor.telemetry.push;

import org.jspecify.annotations.NullMarked;
