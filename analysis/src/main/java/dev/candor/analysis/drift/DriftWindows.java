package dev.candor.analysis.drift;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.LatencySketch;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import dev.candor.scenario.Slo;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the longest phase of steady load window by window, from attempts in the order of intent,
 * and tests it for drift. For one thread. As in the run's seconds, a window is final once attempts
 * are intended after it: its sketches, of pooled samples, become a few numbers then.
 */
public final class DriftWindows {
  private static final long SECOND = 1_000_000_000;
  private static final double MIB = 1 << 20;

  private final @Nullable SteadyPhase phase;
  private final TreeMap<Integer, Sums> open = new TreeMap<>();
  private int closedBefore;
  private int lastIndex = -1;
  private @Nullable Sums lastSums;
  private final Map<DriftMetric, double[]> series = new EnumMap<>(DriftMetric.class);
  private final Map<String, double[]> tails = new LinkedHashMap<>();
  private final Means kvUsage;
  private final Means waiting;

  /**
   * @param measured phases of the run
   */
  public DriftWindows(List<PhaseRecord> measured) {
    phase = SteadyPhase.of(measured);
    int windows = phase == null ? 0 : phase.windows();
    for (DriftMetric metric : DriftMetric.values()) {
      series.put(metric, unknown(windows));
    }
    kvUsage = new Means(windows);
    waiting = new Means(windows);
    tails.put("ttft.p99", unknown(windows));
    tails.put("itl.p99", unknown(windows));
  }

  private static final class Sums {
    final LatencySketch ttft = new LatencySketch();
    final LatencySketch itl = new LatencySketch();
    int arrivals;
    int good;
    long tokens;
  }

  private static double[] unknown(int windows) {
    double[] values = new double[windows];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** Adds an attempt; those before it were intended before it or with it. */
  public void add(AttemptRecord a, Slo slo) {
    SteadyPhase steady = phase;
    if (steady == null || a.intended() >= steady.endNanos()) {
      return;
    }
    closeBefore(steady.index(a.intended()), steady);
    Sums arrival = at(a.intended(), steady);
    // A request that was tried again counts where its last attempt was intended.
    if (arrival != null && !a.retried()) {
      arrival.arrivals++;
      arrival.good += AttemptFigures.good(a, slo) ? 1 : 0;
    }
    Long ttft = a.sent() == NONE ? null : AttemptFigures.ttft(a);
    Sums first = ttft == null ? null : at(a.first(), steady);
    if (ttft != null && first != null) {
      first.ttft.add(ttft, 1);
    }
    long[] instants = a.eventNanos();
    boolean single = AttemptFigures.oneTokenAnEvent(a);
    for (int i = 0; i < instants.length; ) {
      int index = steady.index(instants[i]);
      int next = i + 1;
      long end = steady.endOf(index);
      while (next < instants.length && instants[next] < end) {
        next++;
      }
      Sums sums = at(instants[i], steady);
      if (sums != null) {
        add(sums, a, i, next, single);
      }
      i = next;
    }
  }

  /** Adds the events of {@code a} from {@code from} to {@code to}, all of one window. */
  private static void add(Sums sums, AttemptRecord a, int from, int to, boolean single) {
    long[] instants = a.eventNanos();
    if (single) {
      sums.tokens += to - from;
      sums.itl.addGaps(instants, Math.max(0, from - 1), to);
      return;
    }
    for (int i = from; i < to; i++) {
      sums.tokens += a.eventTokens()[i];
      if (i > 0) {
        sums.itl.addShared(instants[i] - instants[i - 1], a.eventTokens()[i]);
      }
    }
  }

  /** Adds what the server told; in any order. */
  public void add(ServerSample sample) {
    SteadyPhase steady = phase;
    // a part is of one engine or GPU, and in the whole already
    if (steady == null || sample.part() != null) {
      return;
    }
    if (sample.metric() == ServerMetric.KV_USAGE) {
      kvUsage.add(steady.index(sample.atNanos()), sample.value());
    } else if (sample.metric() == ServerMetric.WAITING) {
      waiting.add(steady.index(sample.atNanos()), sample.value());
    }
  }

  private @Nullable Sums at(long nanos, SteadyPhase steady) {
    int index = steady.index(nanos);
    if (index < 0 || index >= steady.windows()) {
      return null;
    }
    Sums known = lastSums;
    if (index != lastIndex || known == null) {
      known = open.computeIfAbsent(index, any -> new Sums());
      lastIndex = index;
      lastSums = known;
    }
    return known;
  }

  private void closeBefore(int index, SteadyPhase steady) {
    if (index <= closedBefore) {
      return;
    }
    closedBefore = index;
    if (lastIndex < index) {
      lastSums = null;
    }
    for (var first = open.firstEntry();
        first != null && first.getKey() < index;
        first = open.firstEntry()) {
      close(first.getKey(), first.getValue(), steady);
      open.pollFirstEntry();
    }
  }

  private void close(int index, Sums sums, SteadyPhase steady) {
    set(DriftMetric.TTFT, index, sums.ttft.quantileMs(0.5));
    set(DriftMetric.ITL, index, sums.itl.quantileMs(0.5));
    set(DriftMetric.OUTPUT_TPS, index, sums.tokens * 1e9 / steady.windowNanos());
    if (sums.arrivals > 0) {
      set(DriftMetric.GOODPUT, index, (double) sums.good / sums.arrivals);
    }
    tail("ttft.p99", index, sums.ttft.p99OrMaxMs());
    tail("itl.p99", index, sums.itl.p99OrMaxMs());
  }

  private void set(DriftMetric metric, int index, @Nullable Double value) {
    series(metric)[index] = value == null ? Double.NaN : value;
  }

  private void tail(String metric, int index, @Nullable Double value) {
    tails.getOrDefault(metric, new double[0])[index] = value == null ? Double.NaN : value;
  }

  /** Windows whose sketches are held. */
  int open() {
    return open.size();
  }

  /** Makes every window final. */
  void closeAll() {
    SteadyPhase steady = phase;
    if (steady != null) {
      closeBefore(steady.windows(), steady);
    }
  }

  /** A value a window that is final, NaN where nothing is known. */
  double[] series(DriftMetric metric) {
    return series.getOrDefault(metric, new double[0]);
  }

  /**
   * The drift, once all attempts are in; null where no phase was long enough.
   *
   * @param gaps windows that they touch are left out
   */
  public @Nullable Drift drift(List<RunInfo.Gap> gaps, List<HealthWindow> health) {
    SteadyPhase steady = phase;
    if (steady == null) {
      return null;
    }
    closeAll();
    client(steady, health, DriftMetric.HEAP, w -> mib(w.memory().heapAfterGcBytes()));
    client(steady, health, DriftMetric.RESIDENT, w -> mib(w.memory().residentBytes()));
    client(steady, health, DriftMetric.CONNECTIONS, w -> number(w.memory().connections()));
    client(steady, health, DriftMetric.NEW_CONNECTIONS, w -> number(w.memory().newConnections()));
    kvUsage.into(DriftMetric.KV_USAGE);
    waiting.into(DriftMetric.WAITING);
    for (RunInfo.Gap gap : gaps) {
      int from = Math.clamp(steady.index(gap.fromNanos()), 0, steady.windows());
      int to = Math.max(from, Math.min(steady.windows(), steady.index(gap.toNanos()) + 1));
      series.values().forEach(values -> Arrays.fill(values, from, to, Double.NaN));
      tails.values().forEach(values -> Arrays.fill(values, from, to, Double.NaN));
    }
    return TrendTests.of(steady, series, tails);
  }

  private static @Nullable Double mib(@Nullable Long bytes) {
    return bytes == null ? null : Double.valueOf(bytes / MIB);
  }

  private static @Nullable Double number(@Nullable Long count) {
    return count == null ? null : Double.valueOf(count);
  }

  private void client(
      SteadyPhase steady,
      List<HealthWindow> health,
      DriftMetric metric,
      Function<HealthWindow, @Nullable Double> figure) {
    Means means = new Means(steady.windows());
    for (HealthWindow window : health) {
      means.add(steady.index(window.second() * SECOND + SECOND / 2), figure.apply(window));
    }
    means.into(metric);
  }

  /** Of the samples in each window, of all addresses. */
  private final class Means {
    private final double[] sums;
    private final int[] counts;

    Means(int windows) {
      this.sums = new double[windows];
      this.counts = new int[windows];
    }

    void add(int index, @Nullable Double value) {
      if (value != null && index >= 0 && index < sums.length) {
        sums[index] += value;
        counts[index]++;
      }
    }

    void into(DriftMetric metric) {
      for (int i = 0; i < sums.length; i++) {
        set(metric, i, counts[i] == 0 ? null : Double.valueOf(sums[i] / counts[i]));
      }
    }
  }
}
