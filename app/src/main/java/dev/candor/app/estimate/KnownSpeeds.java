package dev.candor.app.estimate;

import dev.candor.base.error.CandorException;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import java.nio.file.Path;

/** Speeds and answer lengths of an earlier run. */
public final class KnownSpeeds {
  /** Another hour, another load. */
  private static final double WIDER = 1.33;

  private static final double LONGER = 1.15;

  private double ttft;
  private double tokenNanos;
  private double unasked;
  private long answers;
  private long gaps;
  private long asked;
  private long given;
  private long unaskedAnswers;

  private KnownSpeeds() {}

  /**
   * What the run in {@code directory} measured, a third faster and slower.
   *
   * @throws CandorException where it cannot be read, or has no completed request
   */
  public static Assumptions of(Path directory) {
    KnownSpeeds known = new KnownSpeeds();
    try (RunReader reader = RunReader.open(directory)) {
      reader.forEachAttempt(known::add);
    }
    if (known.answers == 0) {
      throw CandorException.user(
          "--from: %s has no completed request to learn from; name a run that has"
              .formatted(directory));
    }
    return known.assumptions(directory);
  }

  private void add(AttemptRecord attempt) {
    if (attempt.outcome() != Outcome.COMPLETED || attempt.outputTokens() <= 0) {
      return;
    }
    answers++;
    boolean timed = attempt.first() != AttemptRecord.NONE && attempt.sent() != AttemptRecord.NONE;
    ttft += timed ? attempt.first() - attempt.sent() : attempt.end() - attempt.sent();
    if (timed && attempt.outputTokens() > 1) {
      tokenNanos += attempt.last() - attempt.first();
      gaps += attempt.outputTokens() - 1;
    }
    if (attempt.maxTokens() > 0) {
      asked += attempt.maxTokens();
      given += attempt.outputTokens();
    } else {
      unasked += attempt.outputTokens();
      unaskedAnswers++;
    }
  }

  private Assumptions assumptions(Path directory) {
    Speed usual = new Speed(ttft / answers, gaps == 0 ? 0 : tokenNanos / gaps);
    double length = asked == 0 ? 1 : (double) given / asked;
    double alone = unaskedAnswers == 0 ? 400 : unasked / unaskedAnswers;
    return new Assumptions(
        new Speed(usual.ttftNanos() / WIDER, usual.tokenNanos() / WIDER),
        usual,
        new Speed(usual.ttftNanos() * WIDER, usual.tokenNanos() * WIDER),
        Math.min(1, length / LONGER),
        Math.min(1, length),
        Math.min(1, length * LONGER),
        new Range(alone / LONGER, alone, alone * LONGER),
        "measured in " + directory + ", give or take a third (lengths: a seventh)");
  }
}
