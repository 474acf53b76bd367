/** Distributions to draw from and intervals to doubt by. Pure functions. */
@NullMarked
package dev.candor.base.stats;

import org.jspecify.annotations.NullMarked;
