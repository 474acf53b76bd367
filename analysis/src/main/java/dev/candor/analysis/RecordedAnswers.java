package dev.candor.analysis;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunReader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The times and lengths of a run's answers as distributions, for a mock that answers like the
 * server of that run: completed answers of the measured phases, a thousand quantiles each.
 *
 * @param ttftNanos time to first token
 * @param itlNanos time between tokens
 * @param outputTokens of an answer
 */
public record RecordedAnswers(
    Distribution ttftNanos, Distribution itlNanos, Distribution outputTokens) {
  private static final int QUANTILES = 1000;

  /**
   * Reads them.
   *
   * @throws CandorException where no streamed answer of the run was completed
   */
  public static RecordedAnswers of(RunReader reader) {
    Set<Integer> measured =
        RunAnalysis.measured(reader.info().phases()).stream()
            .map(PhaseRecord::index)
            .collect(Collectors.toSet());
    LatencySketch ttft = new LatencySketch();
    LatencySketch itl = new LatencySketch();
    LatencySketch tokens = new LatencySketch();
    reader.requireTokens();
    reader.forEachAttempt(
        attempt -> {
          if (attempt.outcome() == Outcome.COMPLETED && measured.contains(attempt.phase())) {
            add(attempt, ttft, itl, tokens);
          }
        });
    if (ttft.isEmpty()) {
      throw CandorException.user(
          "the run in %s has no completed streamed answer to take latencies from"
              .formatted(reader.directory().path()));
    }
    return new RecordedAnswers(
        distribution(ttft),
        itl.isEmpty() ? new Distribution.Constant(0) : distribution(itl),
        distribution(tokens));
  }

  private static void add(
      AttemptRecord attempt, LatencySketch ttft, LatencySketch itl, LatencySketch tokens) {
    Long first = AttemptFigures.ttft(attempt);
    if (first == null) {
      return;
    }
    ttft.add(first, 1);
    tokens.add(attempt.outputTokens(), 1);
    long[] instants = attempt.eventNanos();
    for (int i = 1; i < instants.length; i++) {
      itl.addShared(instants[i] - instants[i - 1], attempt.eventTokens()[i]);
    }
  }

  private static Distribution distribution(LatencySketch sketch) {
    double[] shares = new double[QUANTILES + 1];
    double[] values = new double[QUANTILES + 1];
    for (int i = 0; i <= QUANTILES; i++) {
      shares[i] = (double) i / QUANTILES;
      values[i] = sketch.quantile(shares[i]);
    }
    return new Distribution.Percentiles(shares, values);
  }
}
