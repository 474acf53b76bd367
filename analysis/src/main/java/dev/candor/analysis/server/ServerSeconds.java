package dev.candor.analysis.server;

import dev.candor.record.RunReader.WindowValue;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerMetric.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What pages told together, in the seconds of the client's own windows: levels as their mean over
 * the second, counters by what they grew in it.
 */
public final class ServerSeconds {
  private static final long SECOND = 1_000_000_000;

  /** Of a run whose server told nothing. */
  public static final ServerSeconds NONE = new ServerSeconds(Map.of());

  private final Map<ServerCurve, double[]> curves;

  private ServerSeconds(Map<ServerCurve, double[]> curves) {
    this.curves = curves;
  }

  /** The first {@code seconds} of the run. */
  public static ServerSeconds of(ServerRecords records, int seconds) {
    Map<ServerCurve, double[]> curves = new EnumMap<>(ServerCurve.class);
    for (ServerCurve curve : ServerCurve.values()) {
      IntFunction<@Nullable Double> value = value(records, curve);
      double[] values = new double[seconds];
      Arrays.setAll(
          values,
          second -> {
            Double found = value.apply(second);
            return found == null ? Double.NaN : found;
          });
      if (Arrays.stream(values).anyMatch(each -> !Double.isNaN(each))) {
        curves.put(curve, values);
      }
    }
    return new ServerSeconds(curves);
  }

  private static IntFunction<@Nullable Double> value(ServerRecords records, ServerCurve curve) {
    return switch (curve) {
      case KV_USAGE -> level(records, ServerMetric.KV_USAGE);
      case RUNNING -> level(records, ServerMetric.RUNNING);
      case WAITING -> level(records, ServerMetric.WAITING);
      case GPU_POWER -> level(records, ServerMetric.GPU_POWER);
      case GPU_MEMORY_USED -> level(records, ServerMetric.GPU_MEMORY_USED);
      case GPU_UTIL -> level(records, ServerMetric.GPU_UTIL);
      case PREEMPTIONS -> growth(records, ServerMetric.PREEMPTIONS);
      case OUTPUT_TPS -> growth(records, ServerMetric.GENERATION_TOKENS);
      case INPUT_TPS -> growth(records, ServerMetric.PROMPT_TOKENS);
      case TTFT_MEAN ->
          ratio(
              growth(records, ServerMetric.TTFT_SUM),
              growth(records, ServerMetric.TTFT_BUCKET),
              1e3);
      case HIT_RATE ->
          ratio(
              growth(records, ServerMetric.PREFIX_HITS),
              growth(records, ServerMetric.PREFIX_QUERIES),
              1);
    };
  }

  private static IntFunction<@Nullable Double> level(ServerRecords records, ServerMetric metric) {
    List<Track> tracks = records.tracks(metric, null);
    return second -> {
      long from = second * SECOND;
      Track.Level level = Track.level(tracks, metric.kind() == Kind.SHARE, from, from + SECOND);
      return level == null ? null : Double.valueOf(level.mean());
    };
  }

  /** Null where no page tells what it had counted at both ends of the second. */
  private static IntFunction<@Nullable Double> growth(ServerRecords records, ServerMetric metric) {
    List<Track> tracks = records.tracks(metric, null);
    return second -> {
      Double growth = null;
      for (Track track : tracks) {
        Double before = track.value(second * SECOND);
        Double after = track.value((second + 1) * SECOND);
        if (before != null && after != null) {
          growth = (growth == null ? 0 : growth) + after - before;
        }
      }
      return growth;
    };
  }

  private static IntFunction<@Nullable Double> ratio(
      IntFunction<@Nullable Double> part, IntFunction<@Nullable Double> whole, double scale) {
    return second -> {
      Double of = whole.apply(second);
      Double some = part.apply(second);
      return of == null || some == null || of <= 0 ? null : Double.valueOf(some / of * scale);
    };
  }

  public boolean has(ServerCurve curve) {
    return curves.containsKey(curve);
  }

  /** The curve in a second of the run, null where it is unknown. */
  public @Nullable Double at(ServerCurve curve, int second) {
    double[] values = curves.get(curve);
    return values == null || second >= values.length || Double.isNaN(values[second])
        ? null
        : Double.valueOf(values[second]);
  }

  /** Rows of windows.parquet; {@code phases} has the phase of each second. */
  public Stream<WindowValue> rows(List<String> phases) {
    return curves.keySet().stream()
        .flatMap(
            curve ->
                IntStream.range(0, phases.size())
                    .boxed()
                    .flatMap(
                        second ->
                            Stream.ofNullable(at(curve, second))
                                .map(
                                    value ->
                                        new WindowValue(
                                            second,
                                            phases.get(second),
                                            "server." + curve.key(),
                                            value))));
  }
}
