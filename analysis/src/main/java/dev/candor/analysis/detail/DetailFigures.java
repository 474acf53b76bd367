package dev.candor.analysis.detail;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.LatencySketch;
import dev.candor.base.random.Seed;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Scenario;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gathers a run's {@link Detail} from its attempts. Memory is bounded: two heat maps, a few whole
 * answers, some thousand points. Nothing depends on the order of the attempts. For one thread.
 */
public final class DetailFigures {
  static final int REQUESTS = 20;
  static final int PROMPTS = 2_000;
  private static final long SECOND = 1_000_000_000L;

  private final Scenario scenario;
  private final Map<Integer, PhaseRecord> phases = new HashMap<>();
  private final Seed draw;
  private final Seed drawPrompts;
  private final HeatCounts ttft = new HeatCounts();
  private final HeatCounts itl = new HeatCounts();
  private final Least<AttemptRecord> slowest = new Least<>(REQUESTS);
  private final Least<AttemptRecord> slowestFailed = new Least<>(REQUESTS / 2);
  private final Least<AttemptRecord> sampled = new Least<>(REQUESTS);
  private final Least<PromptPoint> prompts = new Least<>(PROMPTS);
  private long promptsSeen;
  private boolean conversations;

  /**
   * @param all phases of the run
   */
  public DetailFigures(List<PhaseRecord> all, Scenario scenario) {
    this.scenario = scenario;
    all.forEach(phase -> phases.put(phase.index(), phase));
    Seed seed = new Seed(scenario.seed()).derive("detail");
    draw = seed.derive("requests");
    drawPrompts = seed.derive("prompts");
  }

  /** Adds an attempt. */
  public void add(AttemptRecord a) {
    conversations |= a.turn() > 0;
    Long first = a.outcome() == Outcome.COMPLETED ? AttemptFigures.ttft(a) : null;
    if (first != null) {
      ttft.add(a.sent(), first, 1);
    }
    PhaseRecord phase = phases.get(a.phase());
    if (phase != null && phase.warmup()) {
      return;
    }
    if (first != null) {
      addPrompt(a, first);
    }
    if (!a.retried()) {
      addRequest(a);
    }
  }

  private void addPrompt(AttemptRecord a, long ttftNanos) {
    promptsSeen++;
    long rank = drawPrompts.derive(a.request()).value();
    if (prompts.wants(rank)) {
      prompts.offer(
          rank,
          a,
          new PromptPoint(
              RequestTimelines.inputTokens(a), a.cachedTokens(), a.turn() + 1, ttftNanos / 1e6));
    }
  }

  private void addRequest(AttemptRecord a) {
    long rank = draw.derive(a.request()).value();
    if (sampled.wants(rank)) {
      sampled.offer(rank, a, a);
    }
    if (a.sent() == NONE) {
      return;
    }
    long e2e = a.end() - a.sent();
    Least<AttemptRecord> slow = a.outcome() == Outcome.COMPLETED ? slowest : slowestFailed;
    if (slow.wants(-e2e)) {
      slow.offer(-e2e, a, a);
    }
  }

  /** Adds the gaps between tokens that ended in a second of the run. */
  public void addSecond(LatencySketch gaps, int second) {
    gaps.forEach((nanos, count) -> itl.add(second * SECOND, nanos, count));
  }

  /** All that was added. */
  public Detail detail() {
    return new Detail(
        ttft.map(),
        itl.map(),
        timelines(
            Stream.concat(slowest.items().stream(), slowestFailed.items().stream())
                .sorted(
                    Comparator.<AttemptRecord>comparingLong(a -> a.sent() - a.end())
                        .thenComparingLong(AttemptRecord::request))
                .limit(REQUESTS)),
        timelines(
            sampled.items().stream()
                .sorted(
                    Comparator.comparingLong(AttemptRecord::intended)
                        .thenComparingLong(AttemptRecord::request))),
        prompts.items().stream()
            .map(point -> conversations ? point : point.outsideConversations())
            .sorted(
                Comparator.comparingInt(PromptPoint::inputTokens)
                    .thenComparingDouble(PromptPoint::ttftMs))
            .toList(),
        promptsSeen);
  }

  private List<RequestTimeline> timelines(Stream<AttemptRecord> attempts) {
    return attempts
        .map(
            a -> {
              PhaseRecord phase = phases.get(a.phase());
              return RequestTimelines.of(
                  a, phase == null ? "" : phase.name(), scenario.sloOf(a.requestClass()));
            })
        .toList();
  }
}
