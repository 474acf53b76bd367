/** Thresholds as test cases, for CI. */
@NullMarked
package dev.candor.report.junit;

import org.jspecify.annotations.NullMarked;
