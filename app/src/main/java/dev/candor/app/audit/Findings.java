package dev.candor.app.audit;

import dev.candor.app.audit.AuditFinding.Severity;
import dev.candor.base.units.Durations;
import dev.candor.mock.FaultPlay.Played;
import dev.candor.mock.audit.AuditFigures;
import dev.candor.mock.audit.Estimate;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From an audit's figures to findings. The bounds are those of the verdict (docs/retry-audit.md),
 * so that a verdict that is not good always comes with one.
 */
final class Findings {
  private static final long IMMEDIATE_NANOS = 50_000_000;
  private static final double LEAST_GROWTH = 1.5;
  private static final double LEAST_JITTER = 0.05;
  private static final double WAVE = 0.5;
  private static final double MOST_VIOLATED = 0.05;
  private static final double STORM_AMPLIFICATION = 3;
  private static final int MOST_ATTEMPTS = 10;
  private static final double MANY_HEDGES = 0.1;

  /** A reasoning model or a long prompt takes longer than this to its first token. */
  private static final long SHORT_TIMEOUT_NANOS = 2_000_000_000L;

  /** A deadline above this is as good as none to a user who waits for the first word. */
  private static final long LONG_STALL_NANOS = 30_000_000_000L;

  /** From here, the verdict has its growth and its jitter. */
  private static final int ENOUGH_RETRIES = 20;

  private final AuditResult result;
  private final AuditFigures whole;
  private final List<AuditFinding> found = new ArrayList<>();

  private Findings(AuditResult result) {
    this.result = result;
    this.whole = result.whole().figures();
  }

  /** Worst first. */
  static List<AuditFinding> of(AuditResult result) {
    Findings findings = new Findings(result);
    findings.pauses();
    findings.retryAfter();
    findings.amount();
    findings.hedges();
    result.acts().forEach(findings::act);
    findings.recovery();
    findings.sample();
    findings.found.sort(Comparator.comparing(AuditFinding::severity));
    return List.copyOf(findings.found);
  }

  private void add(Severity severity, String id, String seen, String why, String fix) {
    found.add(new AuditFinding(severity, id, seen, why, fix));
  }

  private void pauses() {
    Estimate pause = whole.backoff().pauseNanos();
    Estimate growth = whole.backoff().growth();
    Double jitter = whole.backoff().jitter();
    Double burst = whole.pressure().burst();
    boolean immediate = pause != null && pause.high() < IMMEDIATE_NANOS;
    if (pause != null && immediate) {
      add(
          Severity.CRITICAL,
          "retries-at-once",
          "Retries came %s after the failure (median of the pauses that the application chose)."
              .formatted(time(Math.round(pause.median()))),
          "Nothing has recovered by then: the retry meets the same limit, counts against it, and adds its load to a service that has too much.",
          Fixes.BACKOFF);
    }
    if (growth != null && growth.high() < LEAST_GROWTH && !immediate) {
      add(
          Severity.WARNING,
          "pauses-do-not-grow",
          "Each pause is %s times the one before it (median; 2 where it doubles)."
              .formatted(number(growth.median())),
          "In a long outage the load of retries never gets less.",
          Fixes.GROWTH);
    }
    if (jitter != null && jitter < LEAST_JITTER && !immediate) {
      add(
          Severity.WARNING,
          "no-jitter",
          "First pauses vary by %s.".formatted(share(jitter)),
          "All that fail together come back together, and fail together again.",
          Fixes.JITTER);
    }
    if (burst != null && burst >= WAVE) {
      add(
          Severity.CRITICAL,
          "retry-wave",
          "%s of all retries fell within the same 100 ms.".formatted(share(burst)),
          "A wave hits the service just as it comes back, and takes it down again.",
          Fixes.JITTER);
    }
  }

  private void retryAfter() {
    AuditFigures.RetryAfter asked = whole.retryAfter();
    if (asked.violated() > 0) {
      boolean often = asked.violated() > MOST_VIOLATED * asked.asked();
      add(
          often ? Severity.CRITICAL : Severity.NOTE,
          "retry-after-ignored",
          "%d of %d retries came sooner than retry-after asked, by up to %s."
              .formatted(asked.violated(), asked.asked(), time(asked.worstNanos())),
          "The service has said when it can serve again; what comes sooner is refused for certain, and some providers count it against the quota.",
          Fixes.RETRY_AFTER);
    }
  }

  private void amount() {
    AuditFigures.Attempts attempts = whole.attempts();
    Double worst = whole.pressure().worstAmplification();
    boolean amplified = worst != null && worst >= STORM_AMPLIFICATION;
    if (attempts.most() > MOST_ATTEMPTS || amplified) {
      add(
          Severity.CRITICAL,
          "too-many-attempts",
          "One call was attempted %d times%s."
              .formatted(
                  attempts.most(),
                  worst == null
                      ? ""
                      : ", and in the worst 10 s calls were attempted %s times on average"
                          .formatted(number(worst))),
          "The application multiplies its own load by this factor exactly when the service can serve least.",
          Fixes.BOUND);
    }
    if (attempts.uselessRetries() > 0) {
      add(
          Severity.WARNING,
          "useless-retries",
          "%d retries after %s, which no retry makes better."
              .formatted(
                  attempts.uselessRetries(),
                  String.join(", ", attempts.afterNonRetryable().keySet())),
          "The user waits for nothing, and each try costs quota.",
          Fixes.USELESS);
    }
  }

  private void hedges() {
    AuditFigures.Attempts attempts = whole.attempts();
    long copies = attempts.hedges() + attempts.repeats();
    if (copies > MANY_HEDGES * attempts.total()) {
      add(
          Severity.WARNING,
          "copies",
          "%d of %d attempts came while the same request was under way or answered; %d tokens of answers were made twice."
              .formatted(copies, attempts.total(), whole.waste().duplicateTokens()),
          "Each copy is paid for, and together they are load that nobody asked for.",
          Fixes.HEDGING);
    }
  }

  private void act(Played played) {
    AuditFigures figures = played.audit().figures();
    if (figures.attempts().total() == 0) {
      return;
    }
    if (refuses(played) && figures.failures().retried().isEmpty() && figures.calls().gaveUp() > 0) {
      add(
          Severity.NOTE,
          "no-retry",
          "Act %s: %d of %d calls failed, and none was tried again."
              .formatted(played.act().name(), figures.calls().gaveUp(), figures.calls().total()),
          "Users see an error that is over a moment later.",
          Fixes.RETRY_AT_ALL);
    }
    hang(played, figures);
    cut(played, figures);
  }

  private static boolean refuses(Played played) {
    return played.act().faults().stream()
        .map(FaultRule::fault)
        .anyMatch(
            fault ->
                fault instanceof MockFault.ErrorStatus error
                    && (error.status() == 429 || error.status() >= 500));
  }

  private void hang(Played played, AuditFigures figures) {
    long stallNanos = 0;
    for (FaultRule rule : played.act().faults()) {
      if (rule.fault() instanceof MockFault.Stall(int _, long nanos)) {
        stallNanos = Math.max(stallNanos, nanos);
      }
    }
    Long longest = figures.holding().longestNanos();
    Long soonest = figures.holding().leftSoonestNanos();
    if (stallNanos == 0) {
      return;
    }
    if (soonest == null && longest != null && longest >= stallNanos) {
      add(
          stallNanos >= LONG_STALL_NANOS ? Severity.WARNING : Severity.NOTE,
          "no-timeout",
          "Act %s: calls waited up to %s for a service that said nothing, and none was given up: there is no deadline below that."
              .formatted(played.act().name(), time(longest)),
          "A hung request holds its worker, its connection and its user. A few of them stop the application, long after the service has recovered.",
          Fixes.TIMEOUT);
    } else if (soonest != null && soonest < Math.min(SHORT_TIMEOUT_NANOS, stallNanos / 2)) {
      add(
          Severity.NOTE,
          "short-timeout",
          "Act %s: the application gave up after %s.".formatted(played.act().name(), time(soonest)),
          "Long prompts and reasoning models take longer to their first token; what was computed until then is paid for and thrown away.",
          Fixes.LONGER_TIMEOUT);
    }
  }

  private void cut(Played played, AuditFigures figures) {
    long cut = 0;
    long retried = 0;
    for (String reason : List.of("disconnect", "reset", "truncate", "error-frame")) {
      cut += of(figures.failures().counts(), reason);
      retried += of(figures.failures().retried(), reason);
    }
    if (cut == 0) {
      return;
    }
    if (retried > 0) {
      add(
          Severity.NOTE,
          "cut-retried",
          "Act %s: %d of %d answers that were cut in the middle were asked for again; %d tokens were for nothing."
              .formatted(played.act().name(), retried, cut, figures.waste().failedTokens()),
          "Right where the answer is not streamed or nothing was shown yet. Where words were shown, the user sees them replaced by others, and all is paid for twice.",
          Fixes.CUT);
    } else {
      add(
          Severity.NOTE,
          "cut-kept",
          "Act %s: %d answers were cut in the middle; none was asked for again."
              .formatted(played.act().name(), cut),
          "Right where the user is told. Taken for a whole answer, half a sentence or half a JSON document goes on into the application.",
          Fixes.CUT_SEEN);
    }
  }

  private static long of(Map<String, Long> counts, String reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** Whether it asks again once all is well. */
  private void recovery() {
    if (result.acts().size() < 2 || !result.notReached().isEmpty()) {
      return;
    }
    Played first = result.acts().getFirst();
    Played last = result.acts().getLast();
    boolean ended = result.application() != null && result.application().exitCode() != null;
    if (last.act().faults().isEmpty()
        && !ended
        && first.audit().figures().attempts().total() > 0
        && last.audit().figures().attempts().total() == 0) {
      add(
          Severity.WARNING,
          "does-not-come-back",
          "Act %s: no request came, though all was well again and %d came in act %s."
              .formatted(
                  last.act().name(),
                  first.audit().figures().attempts().total(),
                  first.act().name()),
          "An outage of seconds at the provider became one of the application's own.",
          Fixes.COME_BACK);
    }
  }

  private void sample() {
    AuditFigures.Attempts attempts = whole.attempts();
    if (attempts.failed() + attempts.clientGone() > 0
        && attempts.retries() > 0
        && attempts.retries() < ENOUGH_RETRIES) {
      add(
          Severity.NOTE,
          "few-retries",
          "Only %d retries were seen.".formatted(attempts.retries()),
          "Growth, jitter and waves can be told from about %d on; what cannot be told does not count against the application."
              .formatted(ENOUGH_RETRIES),
          Fixes.MORE);
    }
    if (whole.droppedCalls() > 0) {
      add(
          Severity.NOTE,
          "more-than-is-kept",
          "%d older calls are in no figure of the whole.".formatted(whole.droppedCalls()),
          "The mock keeps the last 50,000 attempts; each act was judged as it ended.",
          "Nothing to mend here; fewer requests make the figures complete.");
    }
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
