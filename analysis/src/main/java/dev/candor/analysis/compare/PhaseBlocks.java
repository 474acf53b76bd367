package dev.candor.analysis.compare;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.StepFigures;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A phase of a run, cut into blocks of equal time: seconds where it lasts one to four minutes, else
 * 60 or 240 of them. A request is in the block in which it was intended, a token in that in which
 * it came. For one thread.
 */
final class PhaseBlocks {
  private static final int FEWEST = 60;
  private static final int MOST = 240;
  private static final double SECOND = 1e9;

  private final PhaseRecord phase;
  private final Scenario scenario;
  private final @Nullable Prices prices;
  private final int blocks;
  private final double width;
  private final Map<Tally, double[]> tallies = new EnumMap<>(Tally.class);
  private final Map<String, BlockHistogram> latencies = new LinkedHashMap<>();
  private boolean cacheKnown;
  private double answerNanos;
  private long answers;

  PhaseBlocks(PhaseRecord phase, Scenario scenario) {
    this.phase = phase;
    this.scenario = scenario;
    prices = scenario.prices();
    long length = Math.max(1, phase.endNanos() - phase.measuredFromNanos());
    blocks = Math.clamp(Math.round(length / SECOND), FEWEST, MOST);
    width = (double) length / blocks;
    for (Tally tally : Tally.values()) {
      tallies.put(tally, new double[blocks]);
    }
    for (String key : ComparedMetric.LATENCIES) {
      latencies.put(key, new BlockHistogram(blocks));
    }
    for (int i = 0; i < blocks; i++) {
      tally(Tally.SECONDS)[i] = width / SECOND;
    }
  }

  String name() {
    return phase.name();
  }

  int blocks() {
    return blocks;
  }

  /** Whether its requests arrive by a schedule, whatever becomes of those before. */
  boolean scheduled() {
    return !phase.kind().equals("closed");
  }

  double[] tally(Tally tally) {
    return Objects.requireNonNull(tallies.get(tally));
  }

  BlockHistogram latency(String key) {
    return Objects.requireNonNull(latencies.get(key));
  }

  /** Whether the figure of {@code tally} is known at all. */
  boolean knows(Tally tally) {
    return switch (tally) {
      case COST -> prices != null;
      case CACHEABLE, CACHED -> cacheKnown;
      case REQUESTS, GOOD, FAILED, TOKENS, COMPLETED, SECONDS -> true;
    };
  }

  /** How many blocks an answer lasts, on average: requests so near each other share the server. */
  double blocksAnAnswer() {
    return answers == 0 ? 0 : answerNanos / answers / width;
  }

  /** Any attempt of the run. */
  void add(AttemptRecord attempt) {
    Slo slo = scenario.sloOf(attempt.requestClass());
    if (StepFigures.counts(phase, attempt, slo)) {
      addOwn(attempt, slo);
    }
    addWindow(attempt);
  }

  private void addOwn(AttemptRecord attempt, Slo slo) {
    int block = block(attempt.intended());
    if (prices != null) {
      tally(Tally.COST)[block] += AttemptFigures.cost(attempt, prices);
    }
    if (attempt.cachedTokens() != NONE) {
      cacheKnown = true;
      tally(Tally.CACHED)[block] += attempt.cachedTokens();
      tally(Tally.CACHEABLE)[block] += Math.max(0, attempt.inputTokens());
    }
    if (attempt.retried()) {
      return;
    }
    tally(Tally.REQUESTS)[block]++;
    tally(Tally.FAILED)[block] += attempt.outcome().failed() ? 1 : 0;
    tally(Tally.GOOD)[block] += AttemptFigures.good(attempt, slo) ? 1 : 0;
    if (attempt.outcome() == Outcome.COMPLETED) {
      addLatencies(attempt, block);
    }
  }

  private void addLatencies(AttemptRecord attempt, int block) {
    answers++;
    answerNanos += attempt.end() - attempt.sent();
    Long ttft = AttemptFigures.ttft(attempt);
    if (ttft != null) {
      latency("ttft").add(block, ttft, 1);
      latency("ttft_intended").add(block, attempt.first() - attempt.requested(), 1);
    }
    latency("e2e").add(block, attempt.end() - attempt.sent(), 1);
    latency("e2e_intended").add(block, attempt.end() - attempt.requested(), 1);
    Double tpot = AttemptFigures.tpot(attempt);
    if (tpot != null) {
      latency("tpot").add(block, Math.round(tpot), 1);
    }
    BlockHistogram itl = latency("itl");
    long[] instants = attempt.eventNanos();
    for (int i = 1; i < instants.length; i++) {
      int tokens = attempt.eventTokens()[i];
      if (tokens > 0) {
        long gap = instants[i] - instants[i - 1];
        itl.add(block(instants[i]), Math.round((double) gap / tokens), tokens);
      }
    }
  }

  private void addWindow(AttemptRecord attempt) {
    long from = phase.measuredFromNanos();
    long to = phase.endNanos();
    long[] instants = attempt.eventNanos();
    if (instants.length > 0 && instants[0] < to && instants[instants.length - 1] >= from) {
      double[] tokens = tally(Tally.TOKENS);
      for (int i = 0; i < instants.length; i++) {
        if (instants[i] >= from && instants[i] < to) {
          tokens[block(instants[i])] += attempt.eventTokens()[i];
        }
      }
    }
    if (attempt.outcome() == Outcome.COMPLETED && attempt.end() >= from && attempt.end() < to) {
      tally(Tally.COMPLETED)[block(attempt.end())]++;
    }
  }

  /** What came after the phase is in its last block. */
  private int block(long nanos) {
    return (int) Math.clamp((nanos - phase.measuredFromNanos()) / width, 0, blocks - 1);
  }
}
