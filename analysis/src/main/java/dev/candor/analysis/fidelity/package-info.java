/** A run's traffic, to be compared with production's. */
@NullMarked
package dev.candor.analysis.fidelity;

import org.jspecify.annotations.NullMarked;
