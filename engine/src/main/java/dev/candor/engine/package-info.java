/** The inference-engine simulator: its place. */
@NullMarked
package dev.candor.engine;

import org.jspecify.annotations.NullMarked;
