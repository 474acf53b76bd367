package dev.candor.analysis.drift;

import dev.candor.analysis.drift.Drift.Spikes;
import dev.candor.analysis.drift.Drift.Trend;
import dev.candor.base.stats.Holm;
import dev.candor.base.stats.LombScargle;
import dev.candor.base.stats.MannKendall;
import dev.candor.base.stats.Median;
import dev.candor.base.stats.TheilSen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From a phase's windows to its drift. Pure functions. */
final class TrendTests {
  /** Windows with a value that a trend needs. */
  private static final int FEWEST = 20;

  /** Share of the windows' median that a spike must stand out by. */
  private static final double LEAST_SPIKE = 0.05;

  private TrendTests() {}

  /**
   * Tests everything, at one level for all together.
   *
   * @param series a value a window, NaN where nothing is known
   * @param tails likewise of what is looked at for spikes
   */
  static Drift of(
      SteadyPhase phase, Map<DriftMetric, double[]> series, Map<String, double[]> tails) {
    List<Trend> trends = new ArrayList<>();
    for (DriftMetric metric : DriftMetric.values()) {
      double[] values = series.getOrDefault(metric, new double[0]);
      double[] known = known(values);
      if (known.length >= FEWEST) {
        trends.add(trend(phase, metric, values, known));
      }
    }
    List<Spikes> spikes = new ArrayList<>();
    tails.forEach((metric, values) -> spikes.addAll(spikes(phase, metric, values)));
    double[] adjusted =
        Holm.adjusted(
            Stream.concat(trends.stream().map(Trend::p), spikes.stream().map(Spikes::falseAlarm))
                .mapToDouble(Double::doubleValue)
                .toArray());
    double hours = phase.windows() * phase.windowNanos() / 3_600e9;
    for (int i = 0; i < trends.size(); i++) {
      trends.set(i, judged(trends.get(i), adjusted[i], hours));
    }
    for (int i = 0; i < spikes.size(); i++) {
      spikes.set(i, judged(spikes.get(i), adjusted[trends.size() + i]));
    }
    return new Drift(
        phase.name(),
        phase.startNanos() / 1e9,
        hours,
        phase.windowNanos() / 1e9,
        phase.windows(),
        List.copyOf(trends),
        List.copyOf(spikes));
  }

  private static Trend trend(
      SteadyPhase phase, DriftMetric metric, double[] values, double[] known) {
    double[] hours = hours(phase, values);
    MannKendall test = MannKendall.correlated(known);
    TheilSen slope = TheilSen.of(hours, known, test);
    double start = Median.of(known) - slope.slope() * Median.of(hours);
    return new Trend(
        metric, start, slope.slope(), slope.low(), slope.high(), test.p(), 1, false, boxed(values));
  }

  private static Trend judged(Trend t, double adjusted, double hours) {
    double change = Math.abs(t.perHour()) * hours;
    boolean large = change > 0 && change >= t.metric().side().leastChange() * Math.abs(t.start());
    return new Trend(
        t.metric(),
        t.start(),
        t.perHour(),
        t.low(),
        t.high(),
        t.p(),
        adjusted,
        adjusted < Drift.LEVEL && large,
        t.values());
  }

  /** None where there is too little to say anything. */
  private static List<Spikes> spikes(SteadyPhase phase, String metric, double[] values) {
    double[] seconds =
        Arrays.stream(hours(phase, values)).map(h -> h * 3600 + phase.startNanos() / 1e9).toArray();
    LombScargle found = LombScargle.of(seconds, known(values));
    return found == null
        ? List.of()
        : List.of(
            new Spikes(
                metric,
                found.period(),
                found.first(),
                found.amplitude(),
                found.falseAlarm(),
                1,
                false,
                boxed(values)));
  }

  private static Spikes judged(Spikes s, double adjusted) {
    double level = Median.of(known(s.values().stream().mapToDouble(v -> v).toArray()));
    return new Spikes(
        s.metric(),
        s.periodS(),
        s.firstS(),
        s.amplitude(),
        s.falseAlarm(),
        adjusted,
        adjusted < Drift.LEVEL && s.amplitude() > LEAST_SPIKE * level,
        s.values());
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  /** When the windows with a value were. */
  private static double[] hours(SteadyPhase phase, double[] values) {
    double[] hours = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        hours[count++] = phase.hours(i);
      }
    }
    return Arrays.copyOf(hours, count);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
