package dev.candor.analysis.fit;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.Arrays;

/**
 * What a fit needs of an attempt. Instants are nanoseconds since the start of its run.
 *
 * @param phase index into the run's phases
 * @param user of a closed loop, {@link AttemptRecord#NONE} where nobody's
 * @param session of the conversation; {@code turn} in it
 * @param end when its user knew that it was over
 * @param inputTokens of the prompt, by the server where it told
 * @param cachedTokens of those, from the prefix cache; 0 where the server did not tell
 * @param wantedTokens how many the answer had; where there was none, how many it was to have
 * @param eventNanos instants of its token events, in order
 * @param eventTokens tokens that each carried
 */
public record MeasuredAttempt(
    int phase,
    long user,
    long session,
    int turn,
    long sent,
    long end,
    int inputTokens,
    int cachedTokens,
    int wantedTokens,
    Outcome outcome,
    int httpStatus,
    long[] eventNanos,
    int[] eventTokens) {

  /** Of one that was sent. */
  static MeasuredAttempt of(AttemptRecord attempt) {
    int input = attempt.inputTokens() > 0 ? attempt.inputTokens() : attempt.inputTokensAsked();
    int cached = Math.clamp(attempt.cachedTokens(), 0, Math.max(0, input - 1));
    boolean answered = attempt.eventNanos().length > 0;
    int wanted = answered ? Arrays.stream(attempt.eventTokens()).sum() : attempt.maxTokens();
    return new MeasuredAttempt(
        attempt.phase(),
        attempt.user(),
        attempt.session(),
        attempt.turn(),
        attempt.sent(),
        attempt.end(),
        Math.max(1, input),
        cached,
        Math.max(1, wanted),
        attempt.outcome(),
        attempt.httpStatus(),
        attempt.eventNanos(),
        attempt.eventTokens());
  }

  boolean answered() {
    return eventNanos.length > 0;
  }

  long first() {
    return eventNanos[0];
  }

  long last() {
    return eventNanos[eventNanos.length - 1];
  }

  /** Tokens of the prompt that a step had to compute. */
  int newTokens() {
    return inputTokens - cachedTokens;
  }

  /** When the engine was rid of it, as far as the client knows. */
  long over() {
    return answered() && outcome.success() ? last() : Math.max(end, sent);
  }
}
