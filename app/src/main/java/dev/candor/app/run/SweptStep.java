package dev.candor.app.run;

import dev.candor.analysis.saturation.StepSeries;
import dev.candor.record.PhaseRecord;
import dev.candor.record.SweepStep;
import dev.candor.scenario.LoadStep;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A step of a sweep that is under way, or whose attempts are still in flight. */
final class SweptStep {
  final int index;
  final double level;
  final StepSeries series;
  final StepWatch watch;
  private final LoadStep load;
  private final int requestsNeeded;
  private final long startNanos;
  private long endNanos;
  private StepWatch.@Nullable End end;

  /**
   * @param index of its phase; the one before is its ramp's
   * @param requestsNeeded for its figures
   * @param startNanos since the start of the run
   */
  SweptStep(
      int index,
      double level,
      LoadStep load,
      int requestsNeeded,
      long startNanos,
      StepSeries series,
      StepWatch watch) {
    this.index = index;
    this.level = level;
    this.load = load;
    this.requestsNeeded = requestsNeeded;
    this.startNanos = startNanos;
    this.series = series;
    this.watch = watch;
  }

  String name() {
    return load.name();
  }

  /**
   * Whether it ends now, since the start of the run; null where it goes on, or is still to begin.
   */
  StepWatch.@Nullable End look(long nowNanos) {
    if (nowNanos >= startNanos) {
      end = watch.look(series, startNanos, nowNanos);
      endNanos = nowNanos;
    }
    return end;
  }

  /** How it ended. */
  StepWatch.End end() {
    return Objects.requireNonNull(end, "still under way");
  }

  /**
   * What is to be said of it, once it has ended, with {@code mark}. The steady state that ended it
   * is the one that its figures are of; the second half of a step that had none must do, unless
   * that has too few requests for them.
   */
  SweepStep marked(SweepStep.Mark mark) {
    StepSeries.Steady steady = end().steady();
    if (steady == null) {
      steady = series.steady(startNanos, endNanos);
    }
    boolean whole =
        !steady.settled() && series.goodSince(steady.fromNanos()).ended() < requestsNeeded;
    long from = whole ? startNanos : steady.fromNanos();
    return new SweepStep(level, from, steady.settled(), mark, end().why());
  }

  /**
   * Why its requests missed their targets, where that is mostly that the target failed; or null.
   */
  @Nullable String failures() {
    StepSeries.Share share = series.goodSince(startNanos);
    return 2 * series.failed() > share.ended() - share.good()
        ? "%d of %d attempts failed%s"
            .formatted(series.failed(), series.ended(), series.mostFailures())
        : null;
  }

  /** What is to be said of a hold: all of it counts, as what changes in it is looked for. */
  SweepStep held() {
    return new SweepStep(level, startNanos, true, SweepStep.Mark.HOLD, end().why());
  }

  /** Whether a whole second of the run lies in it, as far as it has come. */
  boolean covers(int second) {
    return second * 1_000_000_000L >= startNanos;
  }

  /** Its phase, of which {@code step} is said. */
  PhaseRecord phase(SweepStep step) {
    Integer users = load instanceof LoadStep.Closed closed ? closed.users() : null;
    Double rate = load instanceof LoadStep.Open open ? open.ratePerSecond() : null;
    return new PhaseRecord(
            index,
            load.name(),
            users != null ? "closed" : "open",
            users,
            rate,
            false,
            false,
            load.durationNanos(),
            startNanos,
            endNanos,
            0)
        .of(step);
  }
}
