package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import org.jspecify.annotations.Nullable;

/** One stretch of load. Steps follow each other without a gap. */
public sealed interface LoadStep {

  /** Names the phase in every figure; unique in a scenario. */
  String name();

  /** How long requests are started, above 0 once the run begins. */
  long durationNanos();

  /** Whether its requests are kept out of the figures. */
  boolean warmup();

  /**
   * Users who each ask, wait for the answer, think, and ask again.
   *
   * @param fromUsers the level at the start; equal to {@code users}: no ramp
   * @param users the level at the end, reached linearly
   * @param thinkNanos pause between an answer and the next request
   */
  record Closed(
      String name,
      long durationNanos,
      boolean warmup,
      int fromUsers,
      int users,
      Distribution thinkNanos)
      implements LoadStep {}

  /**
   * Arrivals on an absolute schedule that no server slows down.
   *
   * @param fromRatePerSecond the rate at the start; equal to {@code ratePerSecond}: no ramp
   * @param maxInFlight starts beyond it are held back, in order, and counted; null: no cap
   */
  record Open(
      String name,
      long durationNanos,
      boolean warmup,
      double fromRatePerSecond,
      double ratePerSecond,
      ArrivalProcess arrivals,
      @Nullable Integer maxInFlight)
      implements LoadStep {

    /** The highest rate that is meant: that of a burst, or of a curve's peak. */
    public double highestRatePerSecond() {
      return arrivals.peakLevel(ratePerSecond) * Math.max(fromRatePerSecond, ratePerSecond);
    }
  }

  /**
   * Requests, or the first ones of sessions, at the instants that the workload's trace or corpus
   * has for them, each with its own row's content.
   *
   * @param durationNanos {@link #UNTIL_THE_END} until the trace has been read, where the scenario
   *     names no length
   * @param speed how many times as fast as the trace, above 0
   * @param fromNanos where the window of the trace starts, counted from its first row
   * @param toNanos where it ends, {@link Long#MAX_VALUE} for the trace's end
   * @param shiftNanos how long after the step's start the window starts
   * @param maxInFlight as of an open step
   */
  record Replay(
      String name,
      long durationNanos,
      boolean warmup,
      double speed,
      long fromNanos,
      long toNanos,
      long shiftNanos,
      @Nullable Integer maxInFlight)
      implements LoadStep {

    /** The duration of a step that lasts until its trace's last row. */
    public static final long UNTIL_THE_END = 0;

    /** How long after the step's start the trace's instant {@code traceNanos} comes. */
    public long offsetNanos(long traceNanos) {
      return shiftNanos + Math.round((traceNanos - fromNanos) / speed);
    }

    /** The same step of another length. */
    public Replay lasting(long nanos) {
      return new Replay(name, nanos, warmup, speed, fromNanos, toNanos, shiftNanos, maxInFlight);
    }
  }
}
