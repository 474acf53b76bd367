package dev.candor.analysis.warning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What told of trouble ahead of it; docs/early-warning.md. Instants in seconds since the start of
 * the run, leads in seconds before what they lead, negative where they came after it.
 *
 * @param troubles the stretches of the run in which requests went on missing their SLOs, at least
 *     one
 * @param signals a row each of those that are known
 * @param best the row to alert on, null where no signal was early and quiet enough
 * @param sentence what to do, for a reader
 */
public record EarlyWarning(
    List<Trouble> troubles, List<Row> signals, @Nullable Row best, String sentence) {

  public EarlyWarning {
    troubles = List.copyOf(troubles);
    signals = List.copyOf(signals);
  }

  /**
   * A stretch of the run that ended in trouble: a step of a sweep, or phases one after another.
   *
   * @param firstMissS a request's first missed SLO, which may be chance
   * @param missedS from which miss on goodput was below its target for good
   * @param firstErrorS null where no attempt failed
   */
  public record Trouble(
      String name,
      double startS,
      @Nullable Double firstMissS,
      double missedS,
      @Nullable Double firstErrorS) {}

  /**
   * A signal.
   *
   * @param good its highest level in the good part of the run, but for lone peaks; null where there
   *     was too little of that
   * @param level at its onset, the lowest of several; null where it had none
   * @param onsetS in the first stretch with trouble that it has one in
   * @param onsets in how many of the stretches with trouble it had one
   * @param toFirstMiss lead
   * @param toMissed lead
   * @param toFirstError lead
   * @param alertAt the level to alert at; null where that of its onset is none that it did not have
   *     in good times
   */
  public record Row(
      Signal signal,
      @Nullable Double good,
      @Nullable Double level,
      @Nullable Double onsetS,
      int onsets,
      @Nullable Lead toFirstMiss,
      @Nullable Lead toMissed,
      @Nullable Lead toFirstError,
      @Nullable Double alertAt) {}

  /** Over the stretches in which there was something to lead. */
  public record Lead(double median, double least) {}
}
