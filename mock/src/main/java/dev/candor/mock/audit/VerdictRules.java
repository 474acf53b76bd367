package dev.candor.mock.audit;

import dev.candor.base.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From figures to a verdict. The thresholds and why they are so: docs/retry-audit.md. */
final class VerdictRules {
  /** What retries may add to a service's load; the SDKs' two retries stay within. */
  private static final double STORM_AMPLIFICATION = 3;

  /** This much is a storm however it is spread. */
  private static final double RUNAWAY_AMPLIFICATION = 10;

  /** The SDKs' shortest pause is 375 ms; below 50 ms nothing has recovered. */
  private static final long IMMEDIATE_NANOS = 50_000_000;

  /** Half of all retries at the same instant are one wave. */
  private static final double WAVE = 0.5;

  /** A hedge is one more attempt; where half of all are hedges, that is no hedging. */
  private static final double PARALLEL = 0.5;

  /** Of retries; a few may cross with a clock's or a wire's trouble. */
  private static final double MOST_VIOLATED = 0.05;

  /** Between a fixed pause's 1 and a doubled one's 2, and surely below. */
  private static final double LEAST_GROWTH = 1.5;

  /** The SDKs' quarter of jitter gives 0.08; a fixed 100 ms with 2 ms of noise 0.02. */
  private static final double LEAST_JITTER = 0.05;

  private static final int MOST_ATTEMPTS = 10;

  private final AuditFigures figures;

  private VerdictRules(AuditFigures figures) {
    this.figures = figures;
  }

  static AuditReport judge(AuditFigures figures) {
    return new VerdictRules(figures).judge();
  }

  private AuditReport judge() {
    AuditFigures.Attempts attempts = figures.attempts();
    if (attempts.failed() == 0 && attempts.retries() == 0) {
      return report(Verdict.NONE, List.of("No attempt failed, there is nothing to judge."));
    }
    List<String> stormy = stormy();
    if (!stormy.isEmpty()) {
      stormy.addAll(naive());
      return report(Verdict.STORM, stormy);
    }
    if (attempts.retries() == 0) {
      String reason = "Failed attempts: %d; none was retried.".formatted(attempts.failed());
      return report(Verdict.GRACEFUL, List.of(reason));
    }
    List<String> naive = naive();
    return naive.isEmpty() ? report(Verdict.GRACEFUL, graceful()) : report(Verdict.NAIVE, naive);
  }

  /** With the copies and their cost, where there are any. */
  private AuditReport report(Verdict verdict, List<String> reasons) {
    List<String> all = new ArrayList<>(reasons);
    AuditFigures.Attempts attempts = figures.attempts();
    if (attempts.hedges() + attempts.repeats() > 0) {
      all.add(
          "Hedges: %d; repeats of a call that had succeeded: %d; tokens of answers beyond the first: %d."
              .formatted(attempts.hedges(), attempts.repeats(), figures.waste().duplicateTokens()));
    }
    return new AuditReport(verdict, all, figures);
  }

  /** Empty: it is no storm. Whether retries came at once, {@link #naive} tells. */
  private List<String> stormy() {
    List<String> reasons = new ArrayList<>();
    Double amplification = figures.pressure().worstAmplification();
    if (amplification == null || amplification < STORM_AMPLIFICATION) {
      return reasons;
    }
    AuditFigures.Attempts attempts = figures.attempts();
    Double burst = figures.pressure().burst();
    if (attempts.hedges() >= PARALLEL * attempts.total()) {
      reasons.add(
          "%d of %d attempts came while another was under way."
              .formatted(attempts.hedges(), attempts.total()));
    }
    if (burst != null && burst >= WAVE) {
      reasons.add("%s of all retries fell within 100 ms.".formatted(share(burst)));
    }
    if (!reasons.isEmpty() || immediate() || amplification >= RUNAWAY_AMPLIFICATION) {
      reasons.addFirst(
          "In the worst 10 s a call was attempted %s times on average."
              .formatted(number(amplification)));
    }
    return reasons;
  }

  private boolean immediate() {
    Estimate pauseNanos = figures.backoff().pauseNanos();
    return pauseNanos != null && pauseNanos.high() < IMMEDIATE_NANOS;
  }

  private List<String> naive() {
    List<String> reasons = new ArrayList<>();
    AuditFigures.Attempts attempts = figures.attempts();
    AuditFigures.RetryAfter retryAfter = figures.retryAfter();
    AuditFigures.Backoff backoff = figures.backoff();
    Estimate pauseNanos = backoff.pauseNanos();
    Estimate growth = backoff.growth();
    Double jitter = backoff.jitter();
    if (attempts.uselessRetries() > 0) {
      reasons.add(
          "Retries that cannot help: %d, after %s."
              .formatted(
                  attempts.uselessRetries(),
                  String.join(", ", attempts.afterNonRetryable().keySet())));
    }
    if (retryAfter.violated() > MOST_VIOLATED * retryAfter.asked()) {
      reasons.add(
          "%d of %d retries came sooner than retry-after asked, by up to %s."
              .formatted(retryAfter.violated(), retryAfter.asked(), time(retryAfter.worstNanos())));
    }
    if (pauseNanos != null && immediate()) {
      reasons.add(
          "Retries came at once, after %s (median)."
              .formatted(time(Math.round(pauseNanos.median()))));
    }
    if (growth != null && growth.high() < LEAST_GROWTH) {
      reasons.add(
          "Pauses do not grow: each is %s times the last (median)."
              .formatted(number(growth.median())));
    }
    if (jitter != null && jitter < LEAST_JITTER) {
      reasons.add("Pauses have no jitter: first ones vary by %s.".formatted(share(jitter)));
    }
    if (attempts.most() > MOST_ATTEMPTS) {
      reasons.add("A call was attempted %d times.".formatted(attempts.most()));
    }
    return reasons;
  }

  private List<String> graceful() {
    List<String> reasons = new ArrayList<>();
    AuditFigures.RetryAfter retryAfter = figures.retryAfter();
    Estimate growth = figures.backoff().growth();
    Double jitter = figures.backoff().jitter();
    reasons.add("No call was attempted more than %d times.".formatted(figures.attempts().most()));
    if (retryAfter.asked() > 0) {
      reasons.add(
          "%d of %d retries kept retry-after.".formatted(retryAfter.kept(), retryAfter.asked()));
    }
    if (growth != null) {
      reasons.add(
          "Pauses grow: each is %s times the last (median).".formatted(number(growth.median())));
    }
    if (jitter != null) {
      reasons.add("Pauses have jitter: first ones vary by %s.".formatted(share(jitter)));
    }
    return reasons;
  }

  private static String time(long nanos) {
    return Durations.format(Duration.ofNanos(nanos));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String share(double value) {
    return Math.round(value * 100) + " %";
  }
}
