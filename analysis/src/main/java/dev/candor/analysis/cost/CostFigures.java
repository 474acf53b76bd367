package dev.candor.analysis.cost;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.record.AttemptRecord;
import dev.candor.scenario.Prices;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a phase's attempts cost. For one thread.
 *
 * <p>Where money runs by the hours of GPUs, an attempt's amount is the time for which it held its
 * seat, from sent to end, and the phase's money is shared out by it in the end.
 */
public final class CostFigures {
  private static final double Z_95 = 1.959963984540054;

  /** The mean of fewer has no normal interval. */
  private static final int ENOUGH_FOR_MEAN = 30;

  private static final double MILLI_BILLIONTHS = 1e6 / RequestCosts.BILLION;

  private final @Nullable Prices prices;
  private final RequestCosts requests = new RequestCosts();
  private final WasteFigures wasted = new WasteFigures();
  private final double[] split = new double[5];
  private double amount;
  private long input;
  private long output;
  private long sessions;

  /**
   * @param prices null where unknown: then tokens alone are added up
   */
  public CostFigures(@Nullable Prices prices) {
    this.prices = prices;
  }

  /** Adds an attempt of the phase; those of a request come in the order in which they were made. */
  public void add(AttemptRecord a) {
    if (WasteCause.neverTried(a)) {
      return;
    }
    input += Billing.inputTokens(a);
    output += Billing.outputTokens(a);
    sessions += a.turn() == 0 && a.attempt() == 1 ? 1 : 0;
    double own = amount(a);
    amount += own;
    requests.add(a, own);
    wasted.add(a, own);
  }

  private double amount(AttemptRecord a) {
    if (prices == null) {
      return 0;
    }
    if (prices.byTime()) {
      return a.sent() == AttemptRecord.NONE ? 0 : Math.max(0, a.end() - a.sent()) / 1e9;
    }
    Billing.Split own = Billing.Split.of(a, prices);
    split[0] += own.uncachedInput();
    split[1] += own.cachedInput();
    split[2] += own.cacheWrite();
    split[3] += own.output();
    split[4] += own.request();
    return own.uncachedInput()
        + own.cachedInput()
        + own.cacheWrite()
        + own.output()
        + own.request();
  }

  /** What was wasted; of {@code seconds} where money runs by time. */
  public Summary.Waste waste(double seconds) {
    return wasted.waste(prices != null, factor(seconds));
  }

  /** Bars of what a request cost, in the prices' currency; none without prices. */
  public List<Analysis.Bin> bins(int bars, double seconds) {
    if (prices == null) {
      return List.of();
    }
    requests.close();
    double factor = factor(seconds) * MILLI_BILLIONTHS;
    return requests.sketch().bins(bars).stream()
        .map(bin -> new Analysis.Bin(bin.low() * factor, bin.high() * factor, bin.count()))
        .toList();
  }

  /**
   * The phase's cost, null without prices.
   *
   * @param seconds of the phase
   * @param completed requests; {@code good} those that met their targets too
   */
  public Summary.@Nullable Cost cost(double seconds, long completed, long good) {
    if (prices == null) {
      return null;
    }
    requests.close();
    double factor = factor(seconds);
    Prices.GpuHours gpus = prices.gpus();
    double total = gpus == null ? amount : gpus.cost(seconds * 1e9);
    double waste = 0;
    for (Summary.WastedBy each : waste(seconds).causes()) {
      waste += each.cost() == null ? 0 : each.cost();
    }
    SortedMap<String, Summary.Interval> ci95 = new TreeMap<>();
    Summary.Latency spread = requests.sketch().latency();
    double unit = factor * MILLI_BILLIONTHS;
    spread
        .ci95()
        .forEach(
            (name, at) -> ci95.put(name, new Summary.Interval(at.low() * unit, at.high() * unit)));
    Double mean = requests.count() == 0 ? null : Double.valueOf(requests.mean() * factor);
    if (mean != null && requests.count() >= ENOUGH_FOR_MEAN) {
      double half = Z_95 * requests.error() * factor;
      ci95.put("mean", new Summary.Interval(mean - half, mean + half));
    }
    return new Summary.Cost(
        prices.currency(),
        total,
        waste,
        scaled(spread.p50(), unit),
        scaled(spread.p95(), unit),
        scaled(spread.max(), unit),
        per(total * 1e6, output),
        requests.count(),
        mean,
        scaled(spread.p99(), unit),
        ci95,
        per(total, completed),
        per(total, good),
        per(total, sessions),
        per(total * 1e6, input),
        per(total * 1e6, input + output),
        gpus == null
            ? new Summary.CostParts(split[0], split[1], split[2], split[3], split[4], null)
            : new Summary.CostParts(null, null, null, null, null, total));
  }

  /** From amounts to money. */
  private double factor(double seconds) {
    Prices.GpuHours gpus = prices == null ? null : prices.gpus();
    return gpus == null ? 1 : amount == 0 ? 0 : gpus.cost(seconds * 1e9) / amount;
  }

  private static @Nullable Double scaled(@Nullable Double value, double unit) {
    return value == null ? null : Double.valueOf(value * unit);
  }

  private static @Nullable Double per(double total, long of) {
    return of == 0 ? null : Double.valueOf(total / of);
  }
}
