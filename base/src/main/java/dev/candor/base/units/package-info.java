/** Durations, rates and shares as people write them. */
@NullMarked
package dev.candor.base.units;

import org.jspecify.annotations.NullMarked;
