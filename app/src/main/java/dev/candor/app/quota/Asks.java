package dev.candor.app.quota;

import dev.candor.analysis.quota.Ask;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Attempts as a quota sees them. */
final class Asks {
  /*
   * When a target decides is between the request's last byte and the head of its answer. The head of
   * a refusal comes at once; that of an answer may wait for its first token. So what is admitted is
   * taken to be decided no later than the slowest refusal was, where there are enough of them.
   */
  private static final int ENOUGH = 10;

  private Asks() {}

  /** Whether the target decided about it at all, rather than failed in another way. */
  static boolean decided(AttemptRecord attempt) {
    return admitted(attempt) || refused(attempt);
  }

  static boolean admitted(AttemptRecord attempt) {
    return attempt.httpStatus() == 200
        && (attempt.outcome() == Outcome.COMPLETED || attempt.outcome() == Outcome.ABANDONED);
  }

  static boolean refused(AttemptRecord attempt) {
    return attempt.outcome() == Outcome.RATE_LIMITED;
  }

  /** Those of {@code probes} that were decided about, in their order. */
  static List<Ask> of(List<Probe> probes) {
    List<AttemptRecord> attempts = probes.stream().map(Probe::attempt).toList();
    int template = template(attempts);
    long slowest = slowestRefusal(attempts);
    List<Ask> asks = new ArrayList<>();
    for (AttemptRecord attempt : attempts) {
      if (decided(attempt)) {
        long head = Math.max(attempt.sent(), attempt.headers());
        asks.add(
            new Ask(
                attempt.sent(),
                Math.min(head, attempt.sent() + slowest),
                Math.max(head, attempt.end()),
                admitted(attempt),
                attempt.inputTokens() == AttemptRecord.NONE
                    ? attempt.inputTokensAsked() + template
                    : attempt.inputTokens(),
                attempt.maxTokens(),
                admitted(attempt) ? attempt.outputTokens() : 0));
      }
    }
    return asks;
  }

  /** Tokens that the server counts beyond ours in each prompt: the median. */
  static int template(List<AttemptRecord> attempts) {
    int[] beyond =
        attempts.stream()
            .filter(each -> each.inputTokens() != AttemptRecord.NONE)
            .mapToInt(each -> each.inputTokens() - each.inputTokensAsked())
            .sorted()
            .toArray();
    return beyond.length == 0 ? 0 : beyond[beyond.length / 2];
  }

  private static long slowestRefusal(List<AttemptRecord> attempts) {
    List<AttemptRecord> refused = attempts.stream().filter(Asks::refused).toList();
    return refused.size() < ENOUGH
        ? Long.MAX_VALUE / 4
        : refused.stream().mapToLong(each -> each.headers() - each.sent()).max().orElse(0);
  }
}
