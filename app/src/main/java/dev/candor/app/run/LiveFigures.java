package dev.candor.app.run;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.ClientHealth;
import dev.candor.analysis.LimitReason;
import dev.candor.base.stats.OrderStatisticInterval;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.Outcome;
import dev.candor.record.RunInfo;
import dev.candor.report.console.Figures;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the live view: latencies of the attempts that have ended, the last ten seconds'
 * token rate. Warm-up is forgotten once a measured step's attempts end. Added to by the writer's
 * thread, read by the run's; hence the lock, taken per attempt and never per token.
 */
final class LiveFigures {
  private static final int RATE_OVER_SECONDS = 10;

  /** A view does with a sample; it must not take the writer's time from the records. */
  static final int GAPS_A_SECOND = 50_000;

  /** As often as a plain line is written: none of them leaves a limited second out. */
  private static final int LIMITS_OVER_SECONDS = 5;

  private final Scenario scenario;
  private final Histogram ttft = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
  private final Histogram itl = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
  private final ArrayDeque<HealthWindow> recent = new ArrayDeque<>();
  private final Map<String, Long> errors = new TreeMap<>();
  private boolean warmingUp = true;
  private int lastPhase;
  private long completed;
  private long failed;
  private long good;
  private long tokens;
  private long tokenEvents;
  private int gapsThisSecond;
  private final int gapsASecond;
  private double cost;
  private final LiveSeconds seconds;
  private List<RunInfo.Gap> gaps = List.of();

  LiveFigures(Scenario scenario) {
    this(scenario, GAPS_A_SECOND);
  }

  /**
   * @param gapsASecond how many gaps between tokens are looked at in a second
   */
  LiveFigures(Scenario scenario, int gapsASecond) {
    this.scenario = scenario;
    this.gapsASecond = gapsASecond;
    this.seconds = new LiveSeconds(gapsASecond, LiveSeconds.MOST_KEPT);
  }

  /**
   * Says in which stretches, between an earlier process's death and the next start, no time passed.
   */
  synchronized void gaps(List<RunInfo.Gap> known) {
    gaps = known;
  }

  synchronized void add(AttemptRecord attempt) {
    Prices prices = scenario.prices();
    cost += prices == null ? 0 : AttemptFigures.cost(attempt, prices);
    addToSecond(attempt);
    boolean warmup =
        attempt.phase() < scenario.steps().size() && scenario.steps().get(attempt.phase()).warmup();
    if (scenario.sweep() != null && attempt.phase() > lastPhase) {
      // Of a sweep each step is looked at by itself; attempts of its ramp end among its own.
      lastPhase = attempt.phase();
      forget();
    }
    if (warmup && !warmingUp) {
      return;
    }
    if (!warmup && warmingUp) {
      warmingUp = false;
      forget();
    }
    tokens += Math.max(0, attempt.outputTokens());
    tokenEvents += attempt.eventNanos().length;
    if (attempt.outcome() == Outcome.COMPLETED) {
      completed++;
      good += AttemptFigures.good(attempt, scenario.sloOf(attempt.requestClass())) ? 1 : 0;
      addLatencies(attempt);
    } else if (attempt.outcome().failed() && !attempt.retried()) {
      failed++;
      errors.merge(attempt.outcome().key(), 1L, Long::sum);
    }
  }

  /** The seconds leave nothing out, warm-up neither. */
  private void addToSecond(AttemptRecord attempt) {
    boolean judged = !scenario.slos().isEmpty();
    if (attempt.outcome() == Outcome.COMPLETED) {
      seconds.completed(
          attempt, judged ? a -> AttemptFigures.good(a, scenario.sloOf(a.requestClass())) : null);
    } else if (attempt.outcome().failed() && !attempt.retried()) {
      seconds.failed(attempt, judged);
    }
  }

  private void forget() {
    ttft.reset();
    itl.reset();
    errors.clear();
    completed = failed = good = 0;
  }

  private void addLatencies(AttemptRecord attempt) {
    Long first = AttemptFigures.ttft(attempt);
    if (first != null) {
      ttft.recordValue(Math.clamp(first, 0, ttft.getHighestTrackableValue()));
    }
    long[] instants = attempt.eventNanos();
    if (gapsThisSecond > gapsASecond) {
      return;
    }
    gapsThisSecond += instants.length;
    for (int i = 1; i < instants.length; i++) {
      int carried = attempt.eventTokens()[i];
      if (carried > 0) {
        long each = (instants[i] - instants[i - 1]) / carried;
        itl.recordValueWithCount(Math.clamp(each, 0, itl.getHighestTrackableValue()), carried);
      }
    }
  }

  synchronized void add(HealthWindow window) {
    gapsThisSecond = 0;
    seconds.over(window);
    recent.add(window);
    if (recent.size() > RATE_OVER_SECONDS) {
      recent.poll();
    }
  }

  synchronized LiveSnapshot snapshot(long elapsedNanos) {
    long total = scenario.steps().stream().mapToLong(LoadStep::durationNanos).sum();
    return snapshot(
        elapsedNanos, total / 1e9, phaseAt(elapsedNanos), second -> phaseAt(activeNanos(second)));
  }

  private String phaseAt(long elapsedNanos) {
    long from = 0;
    for (LoadStep step : scenario.steps()) {
      long to = from + step.durationNanos();
      if (elapsedNanos >= from && elapsedNanos < to) {
        return step.name();
      }
      from = to;
    }
    return "draining";
  }

  /** How long the load had been under way in the middle of a second of the run. */
  private long activeNanos(int second) {
    long middle = TimeUnit.SECONDS.toNanos(second) + TimeUnit.MILLISECONDS.toNanos(500);
    return RunInfo.Gap.activeNanos(gaps, 0, middle);
  }

  /** The figures of a sweep, whose end nobody knows; {@code doing} is what it is at. */
  synchronized LiveSnapshot snapshot(long elapsedNanos, String doing) {
    return snapshot(elapsedNanos, 0, doing, ignored -> doing);
  }

  private LiveSnapshot snapshot(
      long elapsedNanos, double totalS, String phase, IntFunction<String> phaseOf) {
    HealthWindow window = recent.peekLast();
    return new LiveSnapshot(
        Math.max(0, elapsedNanos) / 1e9,
        totalS,
        phase,
        window == null ? 0 : window.users(),
        window == null ? 0 : (int) Math.round(window.inFlight()),
        completed,
        failed,
        outputTps(),
        percentile(ttft, 50),
        percentile(ttft, 99),
        percentile(itl, 50),
        percentile(itl, 99),
        scenario.slos().isEmpty() || completed + failed == 0
            ? null
            : Double.valueOf((double) good / (completed + failed)),
        new TreeMap<>(errors),
        limits(),
        spent(elapsedNanos),
        seconds.take(!scenario.slos().isEmpty(), look(phaseOf)));
  }

  private LiveSeconds.Look look(IntFunction<String> phaseOf) {
    ClientHealth judge = judge();
    double perEvent = tokensPerEvent();
    return new LiveSeconds.Look() {
      @Override
      public String phase(int second) {
        return phaseOf.apply(second);
      }

      @Override
      public double outputTps(HealthWindow window) {
        return window.tokenEvents() * perEvent;
      }

      @Override
      public boolean limited(HealthWindow window) {
        return !judge.limits(window).isEmpty();
      }
    };
  }

  /** Judges the client by the ITL so far. */
  synchronized ClientHealth judge() {
    return new ClientHealth(percentile(itl, 50));
  }

  /** All that the run has cost, its warm-up too. */
  private @Nullable String spent(long elapsedNanos) {
    Prices prices = scenario.prices();
    if (prices == null) {
      return null;
    }
    Prices.GpuHours gpus = prices.gpus();
    double money = gpus == null ? cost : gpus.cost(Math.max(0, elapsedNanos));
    return Figures.money(money) + " " + prices.currency();
  }

  private Set<LimitReason> limits() {
    ClientHealth judge = judge();
    Set<LimitReason> limits = EnumSet.noneOf(LimitReason.class);
    recent.stream()
        .skip(Math.max(0, recent.size() - LIMITS_OVER_SECONDS))
        .forEach(window -> limits.addAll(judge.limits(window)));
    return limits;
  }

  /** Events arrive second by second; how many tokens each carries is known of ended attempts. */
  private double outputTps() {
    long events = recent.stream().mapToLong(HealthWindow::tokenEvents).sum();
    return events * tokensPerEvent() / Math.max(1, recent.size());
  }

  private double tokensPerEvent() {
    return tokenEvents == 0 ? 1 : (double) tokens / tokenEvents;
  }

  private static @Nullable Double percentile(Histogram histogram, double percent) {
    boolean known = OrderStatisticInterval.isKnowable(histogram.getTotalCount(), percent / 100);
    return known ? histogram.getValueAtPercentile(percent) / 1e6 : null;
  }
}
