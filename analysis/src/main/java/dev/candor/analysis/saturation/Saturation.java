package dev.candor.analysis.saturation;

import dev.candor.record.SweepStep;
import dev.candor.scenario.Sweep.Dimension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much load the target takes, by a sweep. Levels are users, or requests a second.
 *
 * @param conditions what a level must meet to be good
 * @param steps in the order in which they were carried out, the hold among them
 * @param knee the highest good level below the first bad one; null where no level was good
 * @param kneeCi from the highest level that is good beyond doubt to the lowest that is bad beyond
 *     doubt
 * @param firstBad the lowest level that was not good, null where all were
 * @param operatingPoint the share of the knee that the sweep asks for, 80 % unless said otherwise
 * @param why the search ended, in a sentence
 * @param scalability a second opinion, from throughput alone
 */
public record Saturation(
    Dimension dimension,
    List<String> conditions,
    double resolution,
    List<Step> steps,
    @Nullable Double knee,
    @Nullable Bounds kneeCi,
    @Nullable Double firstBad,
    @Nullable Double operatingPoint,
    @Nullable Bounds operatingPointCi,
    String why,
    Scalability scalability,
    @Nullable HoldVerdict hold) {

  public Saturation {
    conditions = List.copyOf(conditions);
    steps = List.copyOf(steps);
  }

  /** Null where an end is not known: no level was good, or bad, beyond doubt. */
  public record Bounds(@Nullable Double low, @Nullable Double high) {}

  /**
   * One step. Times in milliseconds, null where there are too few samples.
   *
   * @param settled whether a steady state was found in it; {@code steadyAfterS} seconds after its
   *     start its figures begin to count
   * @param goodput share of the requests, with its 95 % interval
   * @param marginal output TPS that one more user (or request a second) brings, as a share of what
   *     each brought at the first level; null where there is no level to set it against
   * @param concurrency attempts in flight, time-weighted mean
   * @param littleRatio rate × time in system / concurrency, by Little's law 1 in a steady state
   */
  public record Step(
      String phase,
      double level,
      SweepStep.Mark mark,
      String why,
      double durationS,
      boolean settled,
      double steadyAfterS,
      long requests,
      @Nullable Double goodput,
      @Nullable Double goodputLow,
      @Nullable Double goodputHigh,
      double outputTps,
      double requestsPerS,
      @Nullable Double marginal,
      @Nullable Double ttftP50,
      @Nullable Double ttftP90,
      @Nullable Double ttftP99,
      @Nullable Double itlP50,
      @Nullable Double itlP99,
      double concurrency,
      @Nullable Double littleRatio) {}

  /** The Universal Scalability Law's opinion, or why it has none. */
  public sealed interface Scalability {
    /**
     * @param sigma contention, {@code kappa} coherence
     * @param peakLoad where throughput is the highest by the law, null where it has no peak
     * @param rSquared 1: the law explains all
     */
    record Fitted(
        double lambda,
        double sigma,
        double kappa,
        Bounds sigmaCi,
        Bounds kappaCi,
        @Nullable Double peakLoad,
        @Nullable Bounds peakLoadCi,
        double rSquared)
        implements Scalability {}

    /** There is no fit. */
    record Unknown(String reason) implements Scalability {}
  }

  /**
   * Whether the operating point can be lived at.
   *
   * @param reasons why not, or what was looked at
   */
  public record HoldVerdict(double level, boolean stable, List<String> reasons) {
    public HoldVerdict {
      reasons = List.copyOf(reasons);
    }
  }

  /** What was found, in a sentence. */
  public String sentence() {
    if (knee == null) {
      return "no load was found that meets %s: %s".formatted(String.join(" and ", conditions), why);
    }
    String bracket = firstBad == null ? why : "at %s no longer good".formatted(text(firstBad));
    String hold =
        this.hold == null
            ? ""
            : "; %s held %s"
                .formatted(
                    text(this.hold.level()), this.hold.stable() ? "stably" : "and is not stable");
    return "the knee is at %s (%s)%s".formatted(text(knee), bracket, hold);
  }

  /** Why the run is not a success, null where it is one. */
  public @Nullable String failure() {
    boolean failed = knee == null || (hold != null && !hold.stable());
    return failed ? sentence() : null;
  }

  /** A level with its unit. */
  public String text(double level) {
    return SweepSearch.text(dimension, level);
  }
}
