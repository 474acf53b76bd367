/** How much a target takes: steps of a sweep, the knee, the operating point. */
@NullMarked
package dev.candor.analysis.saturation;

import org.jspecify.annotations.NullMarked;
