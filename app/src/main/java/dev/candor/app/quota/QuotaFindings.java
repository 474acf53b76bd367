package dev.candor.app.quota;

import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quota that a target enforces, as far as it was found.
 *
 * @param limits that were looked for
 * @param counting how well each way to count tokens explains what passed, the best first; empty
 *     where no limit on tokens was found
 * @param countingDecided whether the best of them is told apart from the others
 * @param refusal how the target refuses, null where it never did
 * @param recovery null where it was not measured
 * @param overload what passes when much more is asked than passes, null where it was not measured
 * @param refusedTokensCount requests that one refused for its tokens takes of the limit on
 *     requests; null where it was not told apart
 * @param together what passes where requests and tokens bind at once, null where it was not tried
 * @param disagreements between what the headers tell and what was measured
 * @param requests that were sent in all
 * @param tokens that were sent or answered in all
 * @param seconds that it took
 */
public record QuotaFindings(
    List<FoundLimit> limits,
    List<LimitFit> counting,
    boolean countingDecided,
    @Nullable Refusal refusal,
    @Nullable Recovery recovery,
    @Nullable Overload overload,
    @Nullable Integer refusedTokensCount,
    @Nullable Together together,
    List<String> disagreements,
    int requests,
    long tokens,
    double seconds) {

  public QuotaFindings {
    limits = List.copyOf(limits);
    counting = List.copyOf(counting);
    disagreements = List.copyOf(disagreements);
  }

  /**
   * How it answers at its limit.
   *
   * @param refused how many were
   * @param withRetryAfter of those, how many said when to come again
   * @param withReset of those, how many told until when a limit is whole again
   * @param example an error as it was told
   * @param askedAgain refusals whose {@code retry-after} was tried: by one request as it was over,
   *     or of a fixed window by when it turned
   * @param passedThen of those, after which something passed then
   * @param shortestRetryAfterSeconds null where none was told
   * @param longestRetryAfterSeconds null where none was told
   */
  public record Refusal(
      int status,
      int refused,
      int withRetryAfter,
      int withReset,
      String example,
      int askedAgain,
      int passedThen,
      @Nullable Double shortestRetryAfterSeconds,
      @Nullable Double longestRetryAfterSeconds) {}

  /**
   * After more was asked than passes.
   *
   * @param firstSeconds from the last request of the overload to the first that passed again
   * @param fullSeconds to the first of ten that passed one after another at 95 % of the rate; null:
   *     there were none
   */
  public record Recovery(double firstSeconds, @Nullable Double fullSeconds) {}

  /**
   * What passes when much more is asked.
   *
   * @param asked of it
   * @param passed of those
   * @param expected that would have passed at the rate found
   */
  public record Overload(double factor, int asked, int passed, double expected) {

    /** By how many requests a refused one lowers what passes. */
    public double costOfRefused() {
      return asked == passed ? 0 : Math.max(0, (expected - passed) / (asked - passed));
    }
  }

  /**
   * Requests of such a size that both limits bind alike.
   *
   * @param perMinute that passed
   * @param ideal that would pass if no refused request cost anything
   */
  public record Together(int tokensEach, Range perMinute, double ideal) {}

  /** The limit of {@code kind}, null where it was not found. */
  public @Nullable LimitFit found(FoundLimit.Kind kind) {
    for (FoundLimit limit : limits) {
      if (limit.kind() == kind) {
        return limit.fit();
      }
    }
    return null;
  }
}
