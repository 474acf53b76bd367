package dev.candor.analysis.foreign;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import java.util.Set;

/**
 * An attempt as other tools see it. Instants in nanoseconds since the start of the run. Pure
 * functions.
 */
final class Seen {
  /** Answers that came to their end, whatever was wrong with what they said. */
  static final Set<Outcome> READ_TO_THE_END =
      Set.of(
          Outcome.COMPLETED,
          Outcome.WRONG_LENGTH,
          Outcome.TRUNCATED,
          Outcome.ERROR_FRAME,
          Outcome.EMPTY_ANSWER);

  private Seen() {}

  /**
   * When a client that reads its clock before it asks its HTTP library for a connection would have
   * read it: our {@code sent} less all that went before it. What is not known of that counts as no
   * time.
   */
  static long called(AttemptRecord a) {
    if (a.sent() == NONE) {
      return a.intended();
    }
    HttpPhases http = a.http();
    // A connection may have been in the making before the request came: then its phases are longer
    // than the wait for it.
    long connecting =
        a.connectNanos() == NONE
            ? known(http.dns()) + known(http.tcp()) + known(http.tls())
            : a.connectNanos();
    return Math.max(a.intended(), written(a) - connecting - known(http.blocked()));
  }

  /** When the first byte of the request was written to a connection that was open. */
  static long written(AttemptRecord a) {
    return a.sent() == NONE ? a.intended() : a.sent() - known(a.http().send());
  }

  /** Whether the answer was streamed and had a token. */
  static boolean hasTokenTimes(AttemptRecord a) {
    return a.first() != NONE;
  }

  /** Instants of all stream events with a choice in them: text or none, in order. */
  static long[] chunks(AttemptRecord a) {
    long[] text = a.eventNanos();
    long[] silent = a.silentNanos();
    long[] all = new long[text.length + silent.length];
    for (int i = 0, t = 0, s = 0; i < all.length; i++) {
      boolean takeSilent = t == text.length || (s < silent.length && silent[s] <= text[t]);
      all[i] = takeSilent ? silent[s++] : text[t++];
    }
    return all;
  }

  /** Index of the first token event of answer text, after any reasoning; their number if none. */
  static int firstAnswerEvent(AttemptRecord a) {
    int i = 0;
    while (i < a.eventNanos().length
        && (a.firstAnswer() == NONE || a.eventNanos()[i] < a.firstAnswer())) {
      i++;
    }
    return i;
  }

  /** Tokens of answer text, reasoning left out, as they are shared out among the events. */
  static int answerTokens(AttemptRecord a) {
    int tokens = 0;
    for (int i = firstAnswerEvent(a); i < a.eventTokens().length; i++) {
      tokens += a.eventTokens()[i];
    }
    return tokens;
  }

  /** The same; of an answer that came whole, all of its tokens. */
  static int textTokens(AttemptRecord a) {
    return hasTokenTimes(a) || a.outcome() == Outcome.EMPTY_ANSWER
        ? answerTokens(a)
        : outputTokens(a);
  }

  static int outputTokens(AttemptRecord a) {
    return (int) known(a.outputTokens());
  }

  /** By the server's usage, else by our tokenizer. */
  static int inputTokens(AttemptRecord a) {
    return (int) known(a.inputTokens() == NONE ? a.inputTokensAsked() : a.inputTokens());
  }

  static long known(long value) {
    return value == NONE ? 0 : value;
  }
}
