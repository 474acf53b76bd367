package dev.candor.app.doctor;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How far the client's figures are from the truth, request by request and gap by gap: the absolute
 * differences, not the difference of two percentiles, in which errors of either sign would cancel.
 * <b>For one thread.</b>
 */
final class ClientError {
  private static final long MOST_NANOS = 3_600_000_000_000L;

  private final Map<Long, MockTruth.Answer> truth;
  private final Histogram ttft = new Histogram(MOST_NANOS, 3);
  private final Histogram itl = new Histogram(MOST_NANOS, 3);
  private long compared;
  private long unmatched;
  private long tokens;

  ClientError(Map<Long, MockTruth.Answer> truth) {
    this.truth = truth;
  }

  /** Compares an attempt of the measured step. */
  void add(AttemptRecord attempt) {
    if (attempt.outcome() != Outcome.COMPLETED) {
      return;
    }
    MockTruth.Answer answer = truth.get(attempt.request());
    long[] seen = attempt.eventNanos();
    if (answer == null || answer.emitted().length != seen.length || seen.length == 0) {
      unmatched++;
      return;
    }
    compared++;
    tokens += attempt.outputTokens();
    long[] emitted = answer.emitted();
    record(ttft, seen[0] - attempt.sent(), emitted[0] - answer.arrival());
    for (int i = 1; i < seen.length; i++) {
      record(itl, seen[i] - seen[i - 1], emitted[i] - emitted[i - 1]);
    }
  }

  private static void record(Histogram histogram, long measured, long actual) {
    histogram.recordValue(Math.min(MOST_NANOS, Math.abs(measured - actual)));
  }

  /** Answers that were compared. */
  long compared() {
    return compared;
  }

  /** Completed answers of which the truth does not know, or knows another number of events. */
  long unmatched() {
    return unmatched;
  }

  /** Tokens of the compared answers. */
  long tokens() {
    return tokens;
  }

  Quantiles ttft() {
    return Quantiles.of(ttft);
  }

  Quantiles itl() {
    return Quantiles.of(itl);
  }

  /** Of the absolute errors, in milliseconds. */
  record Quantiles(double p50, double p99, double p999) {
    private static Quantiles of(Histogram histogram) {
      return new Quantiles(
          histogram.getValueAtPercentile(50) / 1e6,
          histogram.getValueAtPercentile(99) / 1e6,
          histogram.getValueAtPercentile(99.9) / 1e6);
    }
  }
}
