/** Attempt records and the run directory. */
@NullMarked
package dev.candor.record;

import org.jspecify.annotations.NullMarked;
