package dev.candor.app.quota;

import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.Range;
import java.util.List;
import java.util.Locale;

/** What {@code candor quota} prints for a person. */
public final class QuotaText {
  private QuotaText() {}

  /** What a search may cost at most. */
  public static String bounds(String target, QuotaTerms terms) {
    return String.format(
        Locale.ROOT,
        "quota of %s: looks for limits up to %,d requests and %,d tokens a minute; uses at most %,d requests, %,d tokens and %.0f minutes of it%n",
        target,
        terms.rpmUpTo(),
        terms.tpmUpTo(),
        terms.mostRequests(),
        terms.mostTokens(),
        Math.ceil(terms.mostSeconds() / 60));
  }

  public static String text(QuotaReport report) {
    StringBuilder text = new StringBuilder();
    QuotaFindings findings = report.findings();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-6s %12s %25s %12s  %s%n",
            "limit",
            "a minute",
            "between",
            "at once",
            "how"));
    for (FoundLimit limit : findings.limits()) {
      text.append(limit(limit));
    }
    counting(findings, text);
    refusal(findings, text);
    for (String disagreement : findings.disagreements()) {
      text.append("headers: ").append(disagreement).append('\n');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "It took %,d requests, %,d tokens and %.0f s.%n",
            findings.requests(),
            findings.tokens(),
            findings.seconds()));
    if (!report.policies().isEmpty()) {
      text.append(policies(report.policies()));
    }
    return text.toString();
  }

  private static String limit(FoundLimit limit) {
    LimitFit fit = limit.fit();
    String note = limit.note() == null ? "" : "; " + limit.note();
    if (fit == null) {
      return String.format(
          Locale.ROOT,
          "%-6s %12s %25s %12s  none up to %,.0f a minute, by %,d requests%s%n",
          limit.kind().acronym(),
          "n/a",
          "",
          "",
          limit.searchedUpTo(),
          limit.requests(),
          note);
    }
    Range window = fit.windowSeconds();
    String how =
        window == null
            ? fit.refill().words()
            : String.format(
                Locale.ROOT,
                "%s, every %.1f s (%.1f–%.1f)",
                fit.refill().words(),
                window.value(),
                window.low(),
                window.high());
    return String.format(
        Locale.ROOT,
        "%-6s %,12.0f %25s %,12.0f  %s, by %,d requests%s%n",
        limit.kind().acronym(),
        fit.perMinute().value(),
        between(fit.perMinute()),
        fit.burst().value(),
        how,
        limit.requests(),
        note);
  }

  private static String between(Range range) {
    return String.format(Locale.ROOT, "%,.0f–%,.0f", range.low(), range.high());
  }

  private static void counting(QuotaFindings findings, StringBuilder text) {
    if (findings.counting().isEmpty()) {
      return;
    }
    LimitFit best = findings.counting().getFirst();
    text.append(String.format(Locale.ROOT, "%nTokens are counted as %s", best.counting().words()));
    if (findings.countingDecided()) {
      text.append(".\n");
    } else {
      text.append(", as far as could be told: other ways explain what passed as well.\n");
    }
    for (LimitFit other : findings.counting().subList(1, findings.counting().size())) {
      text.append(
          String.format(
              Locale.ROOT,
              "  not %s: wrong by %.1f requests%n",
              other.counting().words(),
              other.misfit()));
    }
  }

  private static void refusal(QuotaFindings findings, StringBuilder text) {
    QuotaFindings.Refusal refusal = findings.refusal();
    if (refusal == null) {
      text.append("Nothing was refused.\n");
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nRefused with HTTP %d (%,d times): %s%n",
            refusal.status(),
            refusal.refused(),
            refusal.example()));
    Double longest = refusal.longestRetryAfterSeconds();
    text.append(
        longest == null
            ? "It does not say when to come again.\n"
            : String.format(
                Locale.ROOT,
                "%,d of them said when to come again, after up to %.1f s; of %d that were tried, something passed then after %d.%n",
                refusal.withRetryAfter(),
                longest,
                refusal.askedAgain(),
                refusal.passedThen()));
    QuotaFindings.Overload overload = findings.overload();
    if (overload != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "At %.1f times the rate %d of %d passed, of %.0f expected: a refused request takes %.2f requests.%n",
              overload.factor(),
              overload.passed(),
              overload.asked(),
              overload.expected(),
              overload.costOfRefused()));
    }
    Integer counted = findings.refusedTokensCount();
    if (counted != null) {
      text.append(
          counted == 0
              ? "A request refused for its tokens takes none of the requests.\n"
              : "A request refused for its tokens takes one of the requests.\n");
    }
    QuotaFindings.Recovery recovery = findings.recovery();
    if (recovery != null) {
      Double full = recovery.fullSeconds();
      text.append(
          String.format(
              Locale.ROOT,
              "After it was used up, something passed again within %.1f s%s.%n",
              recovery.firstSeconds(),
              full == null
                  ? ""
                  : String.format(Locale.ROOT, ", the full rate within %.1f s", full)));
    }
    QuotaFindings.Together together = findings.together();
    if (together != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "Both bind at %d tokens a request: %.0f a minute passed (%s), of %.0f.%n",
              together.tokensEach(),
              together.perMinute().value(),
              between(together.perMinute()),
              together.ideal()));
    }
  }

  private static String policies(List<PolicyFigures> policies) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%nRetry policies at 1.5 times the quota, then at half of it:%n%-14s %8s %9s %8s %8s %10s %9s %10s %9s%n",
            "policy",
            "requests",
            "attempts",
            "a req.",
            "refused",
            "completed",
            "of ideal",
            "recovered",
            "wait p99"));
    for (PolicyFigures each : policies) {
      Double recovery = each.recoverySeconds();
      text.append(
          String.format(
              Locale.ROOT,
              "%-14s %,8d %,9d %8.2f %7.1f%% %,10d %8.1f%% %10s %8.1fs%n",
              each.policy(),
              each.requests(),
              each.attempts(),
              each.amplification(),
              100 * each.refusedShare(),
              each.completed(),
              100 * each.ofIdeal(),
              recovery == null ? "never" : String.format(Locale.ROOT, "%.1f s", recovery),
              each.waitSeconds()));
    }
    return text.toString();
  }
}
