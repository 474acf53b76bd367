package dev.candor.analysis.warning;

import dev.candor.analysis.Analysis.Window;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A signal over the run.
 *
 * @param values a second each, NaN where unknown
 * @param knownAt when each was known, in seconds since the start of the run: the server's at the
 *     instant of the sample, the client's at the second's end
 */
record SignalSeries(Signal signal, double[] values, double[] knownAt) {
  private static final long SECOND = 1_000_000_000;

  /** The signals that are known at all. */
  static Map<Signal, SignalSeries> of(List<Window> windows, List<ServerSample> samples) {
    Map<Signal, SignalSeries> series = new EnumMap<>(Signal.class);
    int seconds = windows.size();
    for (Signal signal : Signal.values()) {
      SignalSeries each =
          switch (signal) {
            case KV_USAGE -> gauge(signal, samples, ServerMetric.KV_USAGE, true, seconds);
            case WAITING -> gauge(signal, samples, ServerMetric.WAITING, false, seconds);
            case PREEMPTIONS -> growth(signal, samples, ServerMetric.PREEMPTIONS, seconds);
            case ITL_P50 -> window(signal, windows, Window::itlP50);
            case TTFT_P50 -> window(signal, windows, Window::ttftP50);
            case TTFT_P90 -> window(signal, windows, Window::ttftP90);
            case IN_FLIGHT -> window(signal, windows, Window::inFlight);
          };
      if (Arrays.stream(each.values).anyMatch(value -> !Double.isNaN(value))) {
        series.put(signal, each);
      }
    }
    return series;
  }

  private static SignalSeries unknown(Signal signal, int seconds) {
    double[] values = new double[seconds];
    double[] knownAt = new double[seconds];
    Arrays.fill(values, Double.NaN);
    Arrays.setAll(knownAt, second -> second + 1);
    return new SignalSeries(signal, values, knownAt);
  }

  private static SignalSeries window(
      Signal signal, List<Window> windows, Function<Window, @Nullable Double> figure) {
    SignalSeries series = unknown(signal, windows.size());
    for (int second = 0; second < windows.size(); second++) {
      Double value = figure.apply(windows.get(second));
      series.values[second] = value == null ? Double.NaN : value;
    }
    return series;
  }

  /** The last of each address in a second: the highest of them, or all together. */
  private static SignalSeries gauge(
      Signal signal,
      List<ServerSample> samples,
      ServerMetric metric,
      boolean highest,
      int seconds) {
    SignalSeries series = unknown(signal, seconds);
    Map<Integer, Map<Integer, Double>> bySecond = new HashMap<>();
    for (ServerSample sample : samples) {
      int second = (int) Math.floorDiv(sample.atNanos(), SECOND);
      if (sample.metric() == metric && second >= 0 && second < seconds) {
        bySecond
            .computeIfAbsent(second, any -> new HashMap<>())
            .put(sample.target(), sample.value());
        series.knownAt[second] = sample.atNanos() / (double) SECOND;
      }
    }
    bySecond.forEach(
        (second, values) ->
            series.values[second] =
                highest
                    ? values.values().stream().mapToDouble(value -> value).max().orElse(Double.NaN)
                    : values.values().stream().mapToDouble(value -> value).sum());
    return series;
  }

  /** What the counters of all addresses grew by since the sample before. */
  private static SignalSeries growth(
      Signal signal, List<ServerSample> samples, ServerMetric metric, int seconds) {
    SignalSeries series = unknown(signal, seconds);
    Map<Integer, ServerSample> last = new HashMap<>();
    for (ServerSample sample : samples) {
      if (sample.metric() != metric) {
        continue;
      }
      ServerSample before = last.put(sample.target(), sample);
      int second = (int) Math.floorDiv(sample.atNanos(), SECOND);
      if (before != null && second >= 0 && second < seconds) {
        double span = Math.max(1, sample.atNanos() - before.atNanos()) / (double) SECOND;
        // A server that started anew counts from zero.
        double grown = Math.max(0, sample.value() - before.value()) / span;
        double others = series.values[second];
        series.values[second] = Double.isNaN(others) ? grown : others + grown;
        series.knownAt[second] = sample.atNanos() / (double) SECOND;
      }
    }
    return series;
  }
}
