/**
 * A prediction beside what was measured: a simulated run's figures and a real one's, phase by phase
 * (docs/simulation.md). Both are read from summary.json, the contract for machines, so that the
 * measured run is only read.
 */
@NullMarked
package dev.candor.analysis.against;

import org.jspecify.annotations.NullMarked;
