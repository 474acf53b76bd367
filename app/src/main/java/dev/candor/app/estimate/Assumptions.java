package dev.candor.app.estimate;

import dev.candor.base.units.Durations;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is taken of a target that has not been asked yet.
 *
 * @param shortest share of an answer's max_tokens that it has at least
 * @param unasked tokens of an answer for which the request names no max_tokens
 * @param origin where speeds and lengths are from
 */
public record Assumptions(
    Speed fast,
    Speed usual,
    Speed slow,
    double shortest,
    double usualLength,
    double longest,
    Range unasked,
    String origin) {

  /*
   * Hosted models and GPUs of the day: from a small one nearby (150 tokens/s) to a large one that
   * is busy (15 tokens/s).
   */
  private static final Speed FAST = new Speed(0.2e9, 1e9 / 150);
  private static final Speed USUAL = new Speed(0.8e9, 1e9 / 50);
  private static final Speed SLOW = new Speed(3e9, 1e9 / 15);

  private static final Speed TINY = new Speed(0.01e9, 1e9 / 500);

  private static final Range UNASKED = new Range(100, 400, 1500);

  /** Of a target of which nothing is known. */
  public static final Assumptions NOTHING_KNOWN =
      new Assumptions(FAST, USUAL, SLOW, 0.2, 0.6, 1, UNASKED, "assumed");

  /** What {@code otherwise} is taken of other targets; the mock's own times where it draws them. */
  public static Assumptions of(Scenario scenario, Assumptions otherwise) {
    MockSettings mock = scenario.target().mock();
    if (!scenario.target().urls().isEmpty()) {
      return otherwise;
    }
    if (!(mock.times() instanceof MockSettings.Times.Drawn drawn)) {
      // An engine with nothing to do, of a small model, is faster than any hosted one.
      return otherwise.withSpeeds(TINY, otherwise.usual(), otherwise.slow());
    }
    double ttft = drawn.ttftNanos().mean();
    double itl = drawn.itlNanos().mean();
    boolean exact = mock.answers().outputTokens() == null;
    // Never faster; a queue, a fault or a busy machine make it slower.
    return new Assumptions(
        new Speed(ttft * 0.9, itl * 0.9),
        new Speed(ttft, itl),
        new Speed(ttft * 3 + 1e9, itl * 3),
        exact ? 1 : 0.05,
        exact ? 1 : 0.6,
        1,
        new Range(20, 256, 512),
        "of the mock");
  }

  /** Answers are as long as asked for. */
  Assumptions withExactLengths() {
    return new Assumptions(fast, usual, slow, 1, 1, 1, unasked, origin);
  }

  /** Other speeds. */
  public Assumptions withSpeeds(Speed fastest, Speed middle, Speed slowest) {
    return new Assumptions(
        fastest, middle, slowest, shortest, usualLength, longest, unasked, origin);
  }

  /** Cases to reckon with, the usual one first. */
  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(usual, usualLength, (int) unasked.likely()));
    for (Speed speed : List.of(fast, slow)) {
      cases.add(new Case(speed, shortest, (int) unasked.low()));
      if (longest > shortest) {
        cases.add(new Case(speed, longest, (int) unasked.high()));
      }
    }
    return cases;
  }

  /**
   * One of them.
   *
   * @param length of an answer, as a share of its max_tokens
   * @param unasked tokens of one without
   */
  record Case(Speed speed, double length, int unasked) {
    int answer(int maxTokens) {
      return maxTokens == 0 ? unasked : Math.max(1, (int) Math.round(maxTokens * length));
    }
  }

  /** Such as {@code from a fast target (TTFT 200 ms, 150 tokens/s) to a slow one (…)}. */
  String speeds() {
    return "from a fast target (%s) to a slow one (%s), %s"
        .formatted(text(fast), text(slow), origin);
  }

  private static String text(Speed speed) {
    return String.format(
        Locale.ROOT,
        "TTFT %s, %.0f tokens/s",
        Durations.format(Duration.ofNanos(Math.round(speed.ttftNanos()))),
        1e9 / Math.max(1, speed.tokenNanos()));
  }

  /** Such as {@code answers have 20 % to 100 % of max_tokens}. */
  String lengths() {
    return shortest == longest
        ? String.format(
            Locale.ROOT, "answers have %.0f %% of max_tokens, %s", 100 * longest, origin)
        : String.format(
            Locale.ROOT,
            "answers have %.0f %% to %.0f %% of max_tokens, %s",
            100 * shortest,
            100 * longest,
            origin);
  }
}
