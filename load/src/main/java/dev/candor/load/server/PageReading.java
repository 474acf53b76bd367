package dev.candor.load.server;

import dev.candor.load.server.ServerNames.Role;
import dev.candor.load.server.ServerNames.Rule;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerMetric.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a page: what is known on it, added up over engines, models and GPUs (of shares the
 * highest), and apart for each where it tells of several.
 *
 * <p>What a page can make us keep is bounded, whatever stands on it: {@value #MOST_PARTS} engines
 * and {@value #MOST_BUCKETS} buckets of a figure.
 */
final class PageReading {
  static final int MOST_PARTS = 64;
  static final int MOST_BUCKETS = 200;

  /** The labels that tell engines, models and GPUs of a page apart, whoever wrote it. */
  private static final List<String> PART_LABELS =
      List.of("engine", "dp_rank", "model", "version", "gpu", "GPU_I_ID", "gpu_uuid");

  private static final int LONGEST_PART = 100;

  /**
   * A figure of the page.
   *
   * @param part as of {@link dev.candor.record.ServerSample}, as is {@code le}
   */
  record Told(ServerMetric metric, double value, @Nullable String part, @Nullable Double le) {}

  /** What one rank of names says of a figure, by part and bound. */
  private static final class Figure {
    final Map<String, Map<Double, Double>> values = new TreeMap<>();
    final Map<String, Double> wholes = new TreeMap<>();
    final Map<String, Double> counts = new TreeMap<>();
    boolean single;

    void add(Rule rule, String part, Map<String, String> labels, double value) {
      single |= rule.single();
      if (!values.containsKey(part) && values.size() >= MOST_PARTS) {
        return;
      }
      switch (rule.role()) {
        case VALUE, PART -> addValue(rule, part, labels, value);
        case WHOLE -> wholes.merge(part, value, Double::sum);
        case COUNT -> {
          values.computeIfAbsent(part, any -> new TreeMap<>());
          counts.merge(part, value, Double::sum);
        }
      }
    }

    private void addValue(Rule rule, String part, Map<String, String> labels, double value) {
      boolean bucket = rule.metric().kind() == Kind.BUCKET;
      Double le = bucket ? bound(labels, rule.scale()) : Double.valueOf(Double.NaN);
      Map<Double, Double> own = values.computeIfAbsent(part, any -> new TreeMap<>());
      if (le != null && (own.containsKey(le) || own.size() < MOST_BUCKETS)) {
        own.merge(
            le,
            bucket ? value : value * rule.scale(),
            rule.metric().kind() == Kind.SHARE && rule.role() == Role.VALUE
                ? Double::max
                : Double::sum);
      }
    }

    private static @Nullable Double bound(Map<String, String> labels, double scale) {
      Double le = MetricsText.number(labels.getOrDefault("le", ""));
      return le == null || le.isNaN() ? null : Double.valueOf(le * scale);
    }

    /** The count of all, where no bucket without a bound tells it; and parts of their wholes. */
    void settle() {
      counts.forEach(
          (part, count) ->
              Objects.requireNonNull(values.get(part))
                  .putIfAbsent(Double.POSITIVE_INFINITY, count));
      if (!wholes.isEmpty()) {
        values.keySet().retainAll(wholes.keySet());
        values.replaceAll((part, own) -> shares(own, wholes.getOrDefault(part, 0.0)));
      }
      values.values().removeIf(Map::isEmpty);
    }

    private static Map<Double, Double> shares(Map<Double, Double> own, double whole) {
      Map<Double, Double> shares = new TreeMap<>();
      own.forEach((le, value) -> shares.put(le, whole > 0 ? value / whole : 0.0));
      return shares;
    }
  }

  private final Map<ServerMetric, Map<Integer, Figure>> figures = new EnumMap<>(ServerMetric.class);

  private PageReading() {}

  /** All that is known on the page; empty where that is nothing. */
  static List<Told> of(String page) {
    PageReading reading = new PageReading();
    MetricsText.read(page, name -> !ServerNames.of(name).isEmpty(), reading::add);
    List<Told> told = new ArrayList<>();
    reading.figures.forEach((metric, ranks) -> tell(metric, ranks, told));
    return told;
  }

  private void add(String name, Map<String, String> labels, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    for (Rule rule : ServerNames.of(name)) {
      if (rule.takes(labels)) {
        figures
            .computeIfAbsent(rule.metric(), any -> new TreeMap<>())
            .computeIfAbsent(rule.rank(), any -> new Figure())
            .add(rule, part(labels), labels, value);
      }
    }
  }

  private static String part(Map<String, String> labels) {
    String part =
        PART_LABELS.stream()
            .flatMap(label -> Stream.ofNullable(labels.get(label)))
            .collect(Collectors.joining("/"));
    return part.length() > LONGEST_PART ? part.substring(0, LONGEST_PART) : part;
  }

  private static void tell(ServerMetric metric, Map<Integer, Figure> ranks, List<Told> told) {
    for (Figure figure : ranks.values()) {
      figure.settle();
      if (figure.values.isEmpty() || (figure.single && figure.values.size() > 1)) {
        continue;
      }
      Map<Double, Double> together = new TreeMap<>();
      for (Map<Double, Double> own : figure.values.values()) {
        own.forEach((le, value) -> merge(metric, together, le, value));
      }
      together.forEach((le, value) -> told.add(new Told(metric, value, null, bound(le))));
      if (figure.values.size() > 1 && !OF_HISTOGRAMS.contains(metric)) {
        figure.values.forEach(
            (part, own) ->
                own.forEach((le, value) -> told.add(new Told(metric, value, part, null))));
      }
      return;
    }
  }

  private static void merge(
      ServerMetric metric, Map<Double, Double> together, Double le, Double value) {
    if (together.containsKey(le) || together.size() < MOST_BUCKETS) {
      together.merge(le, value, metric.kind() == Kind.SHARE ? Double::max : Double::sum);
    }
  }

  /** Those are kept for all engines together alone: they are many. */
  private static final Set<ServerMetric> OF_HISTOGRAMS =
      EnumSet.allOf(ServerMetric.class).stream()
          .filter(metric -> metric.kind() == Kind.BUCKET || metric.key().endsWith("_sum"))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(ServerMetric.class)));

  private static @Nullable Double bound(double le) {
    return Double.isNaN(le) ? null : Double.valueOf(le);
  }
}
