package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.base.stats.OrderStatisticInterval;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Threshold;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Adds up one phase, or several taken together. For one thread. */
final class PhaseFigures {
  /** Money is kept in billionths, in the histogram's whole numbers. */
  private static final double NANO = 1e9;

  private final Map<String, LatencySketch> latencies = new LinkedHashMap<>();

  /** Of events with a token each, which are inter-chunk and inter-token latencies both. */
  private LatencySketch gaps = new LatencySketch();

  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<SloTarget, Long> sloMet = new EnumMap<>(SloTarget.class);

  /** Requests whose class has the target. */
  private final Map<SloTarget, Long> sloAsked = new EnumMap<>(SloTarget.class);

  private final TreeSet<String> sources = new TreeSet<>();
  private final Histogram costs = new Histogram(3);
  private final HttpFigures http = new HttpFigures();
  private final SessionFigures sessions = new SessionFigures();
  private final TryFigures tries = new TryFigures();
  private final TargetFigures targets;
  private final @Nullable Prices prices;
  private long intended;
  private long completed;
  private long failed;
  private long abandoned;
  private long neverSent;
  private long good;
  private long goodTokens;
  private long chatAnswers;
  private long slowChatAnswers;
  private long input;
  private long cached;
  private long cacheKnownInput;
  private boolean cacheKnown;
  private long countedByServer;
  private long asked;
  private long askedByServer;
  private long output;
  private long wastedInput;
  private long wastedOutput;
  private double cost;
  private double wastedCost;
  private long tokensInWindow;
  private long inputInWindow;
  private long uncachedInWindow;
  private long completedInWindow;
  private long sentInWindow;
  private double inFlightNanos;

  PhaseFigures(@Nullable Prices prices) {
    this(prices, List.of());
  }

  /**
   * @param addresses of the target, by the number that attempts have of them
   */
  PhaseFigures(@Nullable Prices prices, List<String> addresses) {
    this.prices = prices;
    targets = new TargetFigures(addresses);
    for (String key : Threshold.LATENCIES) {
      latencies.put(key, new LatencySketch());
    }
  }

  /** An attempt of a request that was intended in the phase. */
  void add(AttemptRecord a, Slo slo) {
    tries.add(a);
    http.add(a);
    sessions.add(a);
    targets.add(a);
    long in = AttemptFigures.inputTokens(a);
    int out = Math.max(0, a.outputTokens());
    input += in;
    output += out;
    if (a.inputTokens() != NONE) {
      countedByServer++;
      askedByServer += a.inputTokens();
      asked += a.inputTokensAsked();
    }
    if (a.cachedTokens() != NONE) {
      cacheKnown = true;
      cached += a.cachedTokens();
      cacheKnownInput += Math.max(0, a.inputTokens());
    }
    addCost(a);
    if (a.outcome() != Outcome.COMPLETED) {
      wastedInput += in;
      wastedOutput += out;
    }
    if (!a.retried()) {
      addRequest(a, slo);
    }
  }

  /** A request, by its last attempt. */
  private void addRequest(AttemptRecord a, Slo slo) {
    intended++;
    outcomes.merge(a.outcome(), 1L, Long::sum);
    if (a.outcome() == Outcome.COMPLETED) {
      completed++;
      sources.add(a.tokenSource().key());
      addLatencies(a);
    } else {
      failed += a.outcome().failed() ? 1 : 0;
      abandoned += a.outcome() == Outcome.ABANDONED ? 1 : 0;
      neverSent += a.attempt() == 1 && !TryFigures.wasSent(a) ? 1 : 0;
    }
    boolean met = a.outcome() == Outcome.COMPLETED;
    for (SloTarget target : SloTarget.ALL) {
      if (target.isIn(slo)) {
        boolean own = target.met(a, slo);
        met &= own;
        sloAsked.merge(target, 1L, Long::sum);
        sloMet.merge(target, own ? 1L : 0L, Long::sum);
      }
    }
    if (met) {
      good++;
      goodTokens += Math.max(0, a.outputTokens());
    }
    Double itl = slo.isChat() ? AttemptFigures.meanItl(a) : null;
    if (a.outcome() == Outcome.COMPLETED && itl != null) {
      chatAnswers++;
      slowChatAnswers += itl > Slo.CHAT_ITL_NOTE_NANOS ? 1 : 0;
    }
  }

  private void addCost(AttemptRecord a) {
    if (prices != null) {
      double each = AttemptFigures.cost(a, prices);
      cost += each;
      wastedCost += a.outcome() == Outcome.COMPLETED ? 0 : each;
      costs.recordValue(Math.round(each * NANO));
    }
  }

  private void addLatencies(AttemptRecord a) {
    add("ttfb", a.headers() - a.sent());
    Long ttft = AttemptFigures.ttft(a);
    if (ttft != null) {
      add("ttft", ttft);
      add("ttft_intended", a.first() - a.requested());
    }
    if (a.firstAnswer() != NONE) {
      add("ttfat", a.firstAnswer() - a.sent());
    }
    if (a.second() != NONE) {
      add("ttst", a.second() - a.first());
      add("max_gap", AttemptFigures.maxGap(a));
    }
    add("e2e", a.end() - a.sent());
    add("e2e_intended", a.end() - a.requested());
    Double tpot = AttemptFigures.tpot(a);
    if (tpot != null) {
      add("tpot", Math.round(tpot));
    }
    Double rate = AttemptFigures.outputTpsUser(a);
    if (rate != null) {
      // A rate in millionths, so that the sketch's milliseconds read as tokens per second.
      add("output_tps_user", Math.round(rate * 1e6));
    }
    long[] instants = a.eventNanos();
    if (AttemptFigures.oneTokenAnEvent(a)) {
      gaps.addGaps(instants, 0, instants.length);
      return;
    }
    LatencySketch icl = latencies.getOrDefault("icl", gaps);
    LatencySketch itl = latencies.getOrDefault("itl", gaps);
    for (int i = 1; i < instants.length; i++) {
      long gap = instants[i] - instants[i - 1];
      icl.add(gap, 1);
      itl.addShared(gap, a.eventTokens()[i]);
    }
  }

  private void add(String key, long nanos) {
    Objects.requireNonNull(latencies.get(key)).add(nanos, 1);
  }

  LatencySketch sketch(String key) {
    if (!gaps.isEmpty()) {
      for (String each : List.of("icl", "itl")) {
        Objects.requireNonNull(latencies.get(each)).merge(gaps);
      }
      gaps = new LatencySketch();
    }
    return Objects.requireNonNull(latencies.get(key));
  }

  /** What of any attempt fell into [from, to), whichever phase it was intended in. */
  void addWindow(AttemptRecord a, long from, long to) {
    long[] instants = a.eventNanos();
    if (instants.length > 0 && instants[0] < to && instants[instants.length - 1] >= from) {
      tokensInWindow += AttemptFigures.tokensWithin(a, from, to);
    }
    if (instants.length > 0 && instants[0] >= from && instants[0] < to) {
      long in = AttemptFigures.inputTokens(a);
      inputInWindow += in;
      uncachedInWindow += in - Math.clamp(a.cachedTokens(), 0, in);
    }
    if (instants.length == 0
        && a.outcome() == Outcome.COMPLETED
        && a.end() >= from
        && a.end() < to) {
      // An answer without tokens, of embeddings: its input was done with when it came.
      long in = AttemptFigures.inputTokens(a);
      inputInWindow += in;
      uncachedInWindow += in - Math.clamp(a.cachedTokens(), 0, in);
    }
    if (a.sent() != NONE) {
      sentInWindow += a.attempt() == 1 && a.sent() >= from && a.sent() < to ? 1 : 0;
      inFlightNanos += Math.max(0, Math.min(a.end(), to) - Math.max(a.sent(), from));
    }
    completedInWindow +=
        a.outcome() == Outcome.COMPLETED && a.end() >= from && a.end() < to ? 1 : 0;
  }

  long completed() {
    return completed;
  }

  long intended() {
    return intended;
  }

  SortedMap<String, Long> outcomes() {
    SortedMap<String, Long> counts = new TreeMap<>();
    outcomes.forEach((outcome, count) -> counts.put(outcome.key(), count));
    return counts;
  }

  /** Mean prompt tokens that the server counted beyond ours, null where it counted none. */
  @Nullable Double templateTokens() {
    return countedByServer == 0 ? null : (double) (askedByServer - asked) / countedByServer;
  }

  /** Share of answers under the chat preset whose ITL a reader notices; 0 without such answers. */
  double slowChatShare() {
    return chatAnswers == 0 ? 0 : (double) slowChatAnswers / chatAnswers;
  }

  double askedShareOff() {
    return asked == 0 ? 0 : Math.abs((double) (askedByServer - asked) / asked);
  }

  Summary.Phase summarize(
      String name,
      List<PhaseRecord> phases,
      double seconds,
      @Nullable CachePlan plan,
      @Nullable Double serverHitRate,
      Summary.Client client) {
    PhaseRecord only = phases.size() == 1 ? phases.getFirst() : null;
    TreeMap<String, Double> slo = new TreeMap<>();
    sloAsked.forEach(
        (target, of) -> slo.put(target.key(), (double) sloMet.getOrDefault(target, 0L) / of));
    Map<String, Summary.Latency> shown = new LinkedHashMap<>();
    latencies.keySet().forEach(key -> shown.put(key, sketch(key).latency()));
    shown.putAll(http.latencies());
    Summary.Latency schedule = ScheduleFigures.of(phases);
    if (schedule != null) {
      shown.put(ScheduleFigures.KEY, schedule);
    }
    double length = Math.max(seconds, 1e-9);
    return new Summary.Phase(
        name,
        phases.stream().map(PhaseRecord::kind).distinct().collect(Collectors.joining("+")),
        only == null ? null : only.users(),
        only == null ? null : only.ratePerSecond(),
        seconds,
        new Summary.Requests(
            intended,
            completed,
            failed,
            abandoned,
            intended - completed - failed - abandoned,
            phases.stream().mapToLong(PhaseRecord::heldBack).sum(),
            neverSent,
            outcomes()),
        tries.sent(),
        intended == neverSent ? 1 : (double) tries.sent() / (intended - neverSent),
        new Summary.Tokens(
            input,
            cached,
            asked,
            askedByServer,
            output,
            wastedInput,
            wastedOutput,
            sources.isEmpty() ? "none" : String.join("+", sources)),
        new Summary.Rates(
            intended / length,
            sentInWindow / length,
            completedInWindow / length,
            tokensInWindow / length,
            inputInWindow / length,
            uncachedInWindow / length,
            inFlightNanos / 1e9 / length),
        shown,
        new Summary.Goodput(
            intended == 0 ? null : (double) good / intended,
            good / length,
            goodTokens / length,
            slo),
        cost(),
        new Summary.Cache(
            plan == null
                ? null
                : plan.state() instanceof CachePlan.Warm ? sessions.ceiling() : plan.asked(),
            cacheKnown && cacheKnownInput > 0 ? (double) cached / cacheKnownInput : null,
            serverHitRate,
            sessions.ceiling()),
        sessions.summarize(),
        http.summarize(),
        targets.summarize(),
        client,
        Summary.Waste.NONE,
        tries.summarize());
  }

  private Summary.@Nullable Cost cost() {
    if (prices == null) {
      return null;
    }
    return new Summary.Cost(
        prices.currency(),
        cost,
        wastedCost,
        costPercentile(0.5),
        costPercentile(0.95),
        costs.getTotalCount() > 0 ? costs.getMaxValue() / NANO : null,
        output == 0 ? null : cost / output * 1e6);
  }

  private @Nullable Double costPercentile(double q) {
    return OrderStatisticInterval.isKnowable(costs.getTotalCount(), q)
        ? costs.getValueAtPercentile(100 * q) / NANO
        : null;
  }
}
