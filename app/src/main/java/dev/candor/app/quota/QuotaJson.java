package dev.candor.app.quota;

import dev.candor.analysis.quota.LimitFit;
import dev.candor.analysis.quota.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code quota.json}: docs/quota-test.md has its keys. What is not known is null. */
public final class QuotaJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private QuotaJson() {}

  public static String text(String version, QuotaReport report) {
    QuotaFindings findings = report.findings();
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("candor", version);
    root.put("target", report.target());
    root.put("model", report.model());
    root.put("searched_up_to", searched(report.terms()));
    root.put("limits", findings.limits().stream().map(QuotaJson::limit).toList());
    root.put("counting", counting(findings));
    root.put("refusal", refusal(findings.refusal()));
    root.put("recovery", recovery(findings.recovery()));
    root.put("overload", overload(findings.overload()));
    root.put("refused_for_tokens_takes_requests", findings.refusedTokensCount());
    root.put("together", together(findings.together()));
    root.put("headers_disagree", findings.disagreements());
    root.put("requests", findings.requests());
    root.put("tokens", findings.tokens());
    root.put("seconds", findings.seconds());
    root.put("policies", report.policies().stream().map(QuotaJson::policy).toList());
    return JSON.writeValueAsString(root);
  }

  private static Map<String, Object> searched(QuotaTerms terms) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("rpm", terms.rpmUpTo());
    entry.put("tpm", terms.tpmUpTo());
    return entry;
  }

  private static Map<String, @Nullable Object> limit(FoundLimit limit) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    LimitFit fit = limit.fit();
    entry.put("kind", limit.kind().key());
    entry.put("found", fit != null);
    entry.put("per_minute", fit == null ? null : range(fit.perMinute()));
    entry.put("burst", fit == null ? null : range(fit.burst()));
    entry.put("refill", fit == null ? null : fit.refill().key());
    entry.put("window_s", fit == null ? null : range(fit.windowSeconds()));
    entry.put("misfit_requests", fit == null ? null : fit.misfit());
    entry.put("told_by_headers", limit.toldPerMinute());
    entry.put("searched_up_to", limit.searchedUpTo());
    entry.put("requests", limit.requests());
    entry.put("note", limit.note());
    return entry;
  }

  private static @Nullable Map<String, Object> range(@Nullable Range range) {
    if (range == null) {
      return null;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("low", range.low());
    entry.put("value", range.value());
    entry.put("high", range.high());
    return entry;
  }

  private static Map<String, @Nullable Object> counting(QuotaFindings findings) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    List<Object> ways = new ArrayList<>();
    for (LimitFit fit : findings.counting()) {
      Map<String, Object> way = new LinkedHashMap<>();
      way.put("way", fit.counting().key());
      way.put("misfit_requests", fit.misfit());
      ways.add(way);
    }
    entry.put(
        "way",
        findings.counting().isEmpty() ? null : findings.counting().getFirst().counting().key());
    entry.put("decided", findings.countingDecided());
    entry.put("tried", ways);
    return entry;
  }

  private static @Nullable Map<String, @Nullable Object> refusal(
      QuotaFindings.@Nullable Refusal refusal) {
    if (refusal == null) {
      return null;
    }
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("status", refusal.status());
    entry.put("refused", refusal.refused());
    entry.put("with_retry_after", refusal.withRetryAfter());
    entry.put("with_reset", refusal.withReset());
    entry.put("example", refusal.example());
    entry.put("retry_after_tried", refusal.askedAgain());
    entry.put("retry_after_kept", refusal.passedThen());
    entry.put("retry_after_shortest_s", refusal.shortestRetryAfterSeconds());
    entry.put("retry_after_longest_s", refusal.longestRetryAfterSeconds());
    return entry;
  }

  private static @Nullable Map<String, @Nullable Object> recovery(
      QuotaFindings.@Nullable Recovery recovery) {
    if (recovery == null) {
      return null;
    }
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("first_s", recovery.firstSeconds());
    entry.put("full_s", recovery.fullSeconds());
    return entry;
  }

  private static @Nullable Map<String, Object> overload(QuotaFindings.@Nullable Overload overload) {
    if (overload == null) {
      return null;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("factor", overload.factor());
    entry.put("asked", overload.asked());
    entry.put("passed", overload.passed());
    entry.put("expected", overload.expected());
    entry.put("refused_takes_requests", overload.costOfRefused());
    return entry;
  }

  private static @Nullable Map<String, @Nullable Object> together(
      QuotaFindings.@Nullable Together together) {
    if (together == null) {
      return null;
    }
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("tokens_each", together.tokensEach());
    entry.put("per_minute", range(together.perMinute()));
    entry.put("ideal", together.ideal());
    return entry;
  }

  private static Map<String, @Nullable Object> policy(PolicyFigures figures) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("policy", figures.policy());
    entry.put("requests", figures.requests());
    entry.put("attempts", figures.attempts());
    entry.put("amplification", figures.amplification());
    entry.put("refused", figures.refused());
    entry.put("refused_share", figures.refusedShare());
    entry.put("wasted_share", figures.wastedShare());
    entry.put("completed", figures.completed());
    entry.put("completed_in_time", figures.inTime());
    entry.put("ideal", figures.ideal());
    entry.put("of_ideal", figures.ofIdeal());
    entry.put("burnt_tokens", figures.burntTokens());
    entry.put("recovery_s", figures.recoverySeconds());
    entry.put("wait_p99_s", figures.waitSeconds());
    return entry;
  }
}
