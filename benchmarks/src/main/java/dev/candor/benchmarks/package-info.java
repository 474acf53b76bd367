/**
 * Benchmarks, each run by {@code benchmarks/run NAME}; what they found is in docs/benchmarks.md.
 */
@NullMarked
package dev.candor.benchmarks;

import org.jspecify.annotations.NullMarked;
