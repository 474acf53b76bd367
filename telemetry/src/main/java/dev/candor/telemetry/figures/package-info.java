/**
 * A run's figures as they are published: added up on one thread, taken by all others as they stand.
 */
@NullMarked
package dev.candor.telemetry.figures;

import org.jspecify.annotations.NullMarked;
