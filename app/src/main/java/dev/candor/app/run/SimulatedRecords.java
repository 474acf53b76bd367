package dev.candor.app.run;

import dev.candor.analysis.RunFigures;
import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunWriter;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Simulation.Records;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a simulation's attempts go: in the order of their intent into the record, and into the
 * figures, so that they need not be read back. For one thread.
 */
final class SimulatedRecords {
  private final OrderedAttempts ordered = new OrderedAttempts();
  private final RunWriter writer;
  private final boolean keepTokens;
  private @Nullable RunFigures figures;

  SimulatedRecords(RunWriter writer, Scenario scenario) {
    this.writer = writer;
    this.keepTokens = scenario.simulation().records() != Records.FIGURES;
  }

  /** Says what the run will consist of, before it starts; a sweep's steps are not known. */
  void planned(List<PhaseRecord> phases, Scenario scenario) {
    figures = new RunFigures(phases, scenario);
  }

  void add(AttemptRecord attempt) {
    ordered.add(attempt);
  }

  /** Says that nothing will come any more that was intended before {@code nanos}. */
  void settledBefore(long nanos) {
    ordered.release(nanos, this::keep);
  }

  /** Says that nothing will come any more. */
  void finish() {
    ordered.releaseAll(this::keep);
  }

  private void keep(AttemptRecord attempt) {
    writer.append(keepTokens ? attempt : attempt.withoutEvents());
    if (figures != null) {
      figures.add(attempt);
    }
  }

  boolean keepsTokens() {
    return keepTokens;
  }

  /** Of all attempts; null where the run was not planned. */
  @Nullable RunFigures figures() {
    return figures;
  }
}
