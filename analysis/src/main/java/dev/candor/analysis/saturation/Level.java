package dev.candor.analysis.saturation;

import dev.candor.analysis.Summary;
import dev.candor.analysis.ThresholdValue;
import dev.candor.base.stats.WilsonInterval;
import dev.candor.record.SweepStep;
import dev.candor.scenario.Threshold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One level of a sweep with all its steps, whose figures are taken together.
 *
 * @param steps at least one
 */
record Level(double level, List<MeasuredStep> steps) {
  private static final String GOODPUT = "goodput";

  Level {
    steps = List.copyOf(steps);
  }

  /** Requests intended in steady state. */
  long intended() {
    return steps.stream().mapToLong(step -> step.figures().requests().intended()).sum();
  }

  /** Of those, the ones that met their SLOs. */
  long good() {
    return steps.stream().mapToLong(step -> good(step.figures())).sum();
  }

  static long good(Summary.Phase figures) {
    Double ratio = figures.goodput().ratio();
    return ratio == null ? 0 : Math.round(ratio * figures.requests().intended());
  }

  double outputTps() {
    return steps.stream()
        .mapToDouble(step -> step.figures().rates().outputTps())
        .average()
        .orElse(0);
  }

  /**
   * Whether one of its steps is bad for another reason than its figures: the target failed there.
   */
  boolean failed(List<Threshold> conditions) {
    return steps.stream()
        .anyMatch(
            step ->
                step.step().mark() == SweepStep.Mark.BAD
                    && new Level(level, List.of(step)).meets(conditions));
  }

  /** Whether the steps together meet every condition; what is unknown is not met. */
  boolean meets(List<Threshold> conditions) {
    return conditions.stream()
        .allMatch(
            condition -> {
              Double value = value(condition);
              return value != null && condition.comparison().holds(value, condition.bound());
            });
  }

  /** Of goodput the share over all steps' requests; of any other metric the steps' mean. */
  @Nullable Double value(Threshold condition) {
    if (condition.metric().equals(GOODPUT)) {
      return intended() == 0 ? null : Double.valueOf((double) good() / intended());
    }
    double sum = 0;
    for (MeasuredStep step : steps) {
      Double value = ThresholdValue.of(condition, step.figures());
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum / steps.size();
  }

  /** The 95 % interval of goodput, null where nothing was intended. */
  static @Nullable WilsonInterval goodput(long good, long intended) {
    return intended == 0 ? null : WilsonInterval.of95(good, intended);
  }
}
