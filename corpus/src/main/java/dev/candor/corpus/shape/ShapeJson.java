package dev.candor.corpus.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A shape as JSON, times in milliseconds: docs/fidelity.md has its keys. */
public final class ShapeJson {
  private static final double NANOS_IN_MILLI = 1e6;

  /** Percentiles that are shown of a distribution. */
  public static final List<Integer> PERCENTILES = List.of(1, 10, 25, 50, 75, 90, 99);

  private ShapeJson() {}

  /** The members of {@code corpus}. */
  public static Map<String, @Nullable Object> members(CorpusShape corpus) {
    Map<String, @Nullable Object> root = members(corpus.shape());
    root.put("classes", corpus.classes());
    root.put("sources", corpus.sources());
    if (!corpus.byClass().isEmpty()) {
      Map<String, Object> byClass = new LinkedHashMap<>();
      corpus.byClass().forEach((name, shape) -> byClass.put(name, members(shape)));
      root.put("by_class", byClass);
    }
    return root;
  }

  /** The members of {@code shape}. */
  public static Map<String, @Nullable Object> members(TrafficShape shape) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("requests", shape.requests());
    root.put("sessions", shape.sessions());
    root.put("input_tokens_sum", shape.inputTokens());
    root.put("output_tokens_sum", shape.outputTokens());
    root.put("span_ms", shape.spanNanos() / NANOS_IN_MILLI);
    root.put("rate_per_s", orNull(shape.ratePerSecond()));
    for (Dimension.Spread spread : Dimension.Spread.values()) {
      root.put(
          spread.key(),
          shape.of(spread).map(values -> distribution(spread.unit(), values)).orElse(null));
    }
    root.put("gap_variation", shape.burstiness().map(b -> orNull(b.gapVariation())).orElse(null));
    List<Map<String, @Nullable Object>> dispersions = new ArrayList<>();
    shape.burstiness().ifPresent(b -> b.dispersions().forEach(d -> dispersions.add(window(d))));
    root.put("dispersion", dispersions);
    root.put("prefix_ceiling", orNull(shape.prefixCeiling()));
    root.put("prefix_ceiling_whole_blocks", orNull(shape.wholeBlockCeiling()));
    root.put("prefix_ceiling_exact", shape.ceilingExact());
    root.put("length_correlation", orNull(shape.lengthCorrelation()));
    return root;
  }

  private static Map<String, @Nullable Object> window(Burstiness.Dispersion dispersion) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("window_s", dispersion.windowSeconds());
    fields.put("windows", dispersion.windows());
    fields.put("index", dispersion.isKnown() ? dispersion.index() : null);
    return fields;
  }

  /** Count, mean, extremes and percentiles. */
  public static Map<String, Object> distribution(
      Dimension.Unit unit, EmpiricalDistribution distribution) {
    double divisor = unit == Dimension.Unit.TIME ? NANOS_IN_MILLI : 1;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", distribution.count());
    fields.put("mean", distribution.mean() / divisor);
    fields.put("min", distribution.min() / divisor);
    for (int p : PERCENTILES) {
      fields.put("p" + p, distribution.quantile(p / 100.0) / divisor);
    }
    fields.put("max", distribution.max() / divisor);
    return fields;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
