package dev.candor.record;

import org.jspecify.annotations.Nullable;

/**
 * A load step as it was carried out. Instants are nanoseconds since the start of the run.
 *
 * @param kind {@code closed}, {@code open}, {@code replay}
 * @param users level at the end of the step, null for an open one
 * @param ratePerSecond rate at the end of the step, null for one that has none
 * @param ramp whether the level changed during the step
 * @param plannedNanos how long it was meant to last
 * @param endNanos when starts ended: before the plan where the run was interrupted
 * @param heldBack starts that the cap on in-flight requests delayed
 * @param lateness of the starts that have a schedule, null for a closed step
 * @param sweep what a sweep made of the phase, null where it is no step of one
 */
public record PhaseRecord(
    int index,
    String name,
    String kind,
    @Nullable Integer users,
    @Nullable Double ratePerSecond,
    boolean ramp,
    boolean warmup,
    long plannedNanos,
    long startNanos,
    long endNanos,
    long heldBack,
    @Nullable StartLateness lateness,
    @Nullable SweepStep sweep) {

  /** From which instant of the run on its figures count. */
  public long measuredFromNanos() {
    return sweep == null ? startNanos : Math.clamp(sweep.steadyNanos(), startNanos, endNanos);
  }

  /** The same phase, cut where it lasts beyond {@code nanos}. */
  PhaseRecord endingBy(long nanos) {
    return endNanos <= nanos ? this : during(startNanos, nanos);
  }

  /** The same phase at another time. */
  public PhaseRecord during(long start, long end) {
    return with(start, end, sweep);
  }

  /** The same phase, and what a sweep made of it. */
  public PhaseRecord of(SweepStep step) {
    return with(startNanos, endNanos, step);
  }

  private PhaseRecord with(long start, long end, @Nullable SweepStep step) {
    return new PhaseRecord(
        index,
        name,
        kind,
        users,
        ratePerSecond,
        ramp,
        warmup,
        plannedNanos,
        start,
        end,
        heldBack,
        lateness,
        step);
  }

  /** A phase without a schedule, or of a run that did not watch it. */
  public PhaseRecord(
      int index,
      String name,
      String kind,
      @Nullable Integer users,
      @Nullable Double ratePerSecond,
      boolean ramp,
      boolean warmup,
      long plannedNanos,
      long startNanos,
      long endNanos,
      long heldBack) {
    this(
        index,
        name,
        kind,
        users,
        ratePerSecond,
        ramp,
        warmup,
        plannedNanos,
        startNanos,
        endNanos,
        heldBack,
        null,
        null);
  }

  /** A phase of no sweep. */
  public PhaseRecord(
      int index,
      String name,
      String kind,
      @Nullable Integer users,
      @Nullable Double ratePerSecond,
      boolean ramp,
      boolean warmup,
      long plannedNanos,
      long startNanos,
      long endNanos,
      long heldBack,
      @Nullable StartLateness lateness) {
    this(
        index,
        name,
        kind,
        users,
        ratePerSecond,
        ramp,
        warmup,
        plannedNanos,
        startNanos,
        endNanos,
        heldBack,
        lateness,
        null);
  }
}
