package dev.candor.analysis.compare;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A figure that runs are compared by.
 *
 * @param key as in docs/metrics.md and in thresholds: {@code ttft.p99}, {@code goodput}
 * @param usual whether it is compared unless others are asked for
 */
public record ComparedMetric(
    String key, Kind kind, boolean lessIsBetter, boolean usual, Source source) {

  /** What it is counted in. Of all but shares, changes are relative. */
  public enum Kind {
    /** Milliseconds. */
    TIME,
    /** A second. */
    RATE,
    MONEY,
    /** 0 to 1; changes are differences. */
    SHARE
  }

  /** Where it comes from. */
  sealed interface Source {}

  /** A quantile of all samples of a latency. */
  record Quantile(String latency, double q) implements Source {}

  /** Their mean. */
  record Mean(String latency) implements Source {}

  /** One sum by another. */
  record Ratio(Tally of, Tally by) implements Source {}

  private static final Map<String, Double> QUANTILES = quantiles();

  /** Latencies that blocks are kept of. */
  static final List<String> LATENCIES =
      List.of("ttft", "ttft_intended", "itl", "tpot", "e2e", "e2e_intended");

  private static final Set<String> USUAL =
      Set.of(
          "ttft.mean",
          "ttft.p50",
          "ttft.p90",
          "ttft.p99",
          "itl.mean",
          "itl.p50",
          "itl.p90",
          "itl.p99",
          "tpot.mean",
          "tpot.p50",
          "e2e.mean",
          "e2e.p50",
          "e2e.p90",
          "e2e.p99");

  /** All of them, in the order of reports. */
  public static final List<ComparedMetric> ALL = all();

  private static Map<String, Double> quantiles() {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    quantiles.put("p50", 0.5);
    quantiles.put("p90", 0.9);
    quantiles.put("p95", 0.95);
    quantiles.put("p99", 0.99);
    return quantiles;
  }

  private static List<ComparedMetric> all() {
    List<ComparedMetric> all = new ArrayList<>();
    for (String latency : LATENCIES) {
      all.add(time(latency + ".mean", new Mean(latency)));
      QUANTILES.forEach((name, q) -> all.add(time(latency + "." + name, new Quantile(latency, q))));
    }
    all.add(share("goodput", false, Tally.GOOD, Tally.REQUESTS));
    all.add(share("failed_ratio", true, Tally.FAILED, Tally.REQUESTS));
    all.add(
        new ComparedMetric(
            "output_tps", Kind.RATE, false, true, new Ratio(Tally.TOKENS, Tally.SECONDS)));
    all.add(
        new ComparedMetric(
            "requests", Kind.RATE, false, true, new Ratio(Tally.COMPLETED, Tally.SECONDS)));
    all.add(
        new ComparedMetric(
            "cost.per_request.mean",
            Kind.MONEY,
            true,
            true,
            new Ratio(Tally.COST, Tally.REQUESTS)));
    all.add(share("cache_hit_rate", false, Tally.CACHED, Tally.CACHEABLE));
    return List.copyOf(all);
  }

  private static ComparedMetric time(String key, Source source) {
    return new ComparedMetric(key, Kind.TIME, true, USUAL.contains(key), source);
  }

  private static ComparedMetric share(String key, boolean less, Tally of, Tally by) {
    return new ComparedMetric(key, Kind.SHARE, less, true, new Ratio(of, by));
  }

  /**
   * Those of {@code keys}, in the order of reports; the usual ones where there are none.
   *
   * @param keys of metrics, or of latencies with all their statistics
   * @throws CandorException where one is not known, with the nearest that is
   */
  public static List<ComparedMetric> of(List<String> keys) {
    if (keys.isEmpty()) {
      return ALL.stream().filter(ComparedMetric::usual).toList();
    }
    Set<ComparedMetric> asked = new LinkedHashSet<>();
    for (String key : keys) {
      List<ComparedMetric> found =
          ALL.stream()
              .filter(metric -> metric.key.equals(key) || metric.key.startsWith(key + "."))
              .toList();
      if (found.isEmpty()) {
        throw CandorException.user(
            "--metric: found %s; %s"
                .formatted(
                    key,
                    Suggestion.of(
                        key,
                        Stream.concat(LATENCIES.stream(), ALL.stream().map(ComparedMetric::key))
                            .toList())));
      }
      asked.addAll(found);
    }
    return ALL.stream().filter(asked::contains).toList();
  }

  /** Whether it needs many samples to be known at all. */
  public boolean isPercentile() {
    return source instanceof Quantile;
  }

  /**
   * Changes of it are differences of this: the logarithm, so that a change is relative and as far
   * in both directions; of shares the share. Not a number where it has none.
   */
  double scaled(double value) {
    return switch (kind) {
      case SHARE -> value;
      case TIME, RATE, MONEY -> value > 0 ? Math.log(value) : Double.NaN;
    };
  }

  /** A difference on its scale as users read it: a relative change, or a difference of shares. */
  double change(double difference) {
    return switch (kind) {
      case SHARE -> difference;
      case TIME, RATE, MONEY -> Math.expm1(difference);
    };
  }
}
