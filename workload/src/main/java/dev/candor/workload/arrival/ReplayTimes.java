package dev.candor.workload.arrival;

import dev.candor.scenario.LoadStep;

/** The instants of a trace's window: the i-th arrival is its i-th row. */
final class ReplayTimes implements FireTimes {
  private final LoadStep.Replay step;
  private final RowTimes rows;
  private final int end;
  private int row;

  ReplayTimes(LoadStep.Replay step, RowTimes rows) {
    this.step = step;
    this.rows = rows;
    this.row = rows.firstAtOrAfter(step.fromNanos());
    this.end = rows.firstAtOrAfter(step.toNanos());
  }

  @Override
  public long next() {
    if (row >= end) {
      return Long.MAX_VALUE;
    }
    long at = step.offsetNanos(rows.atNanos(row++));
    return at < step.durationNanos() ? at : Long.MAX_VALUE;
  }
}
