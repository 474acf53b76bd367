package dev.candor.mock.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON, with the keys of docs/retry-audit.md. What is not known is null. */
public final class AuditJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final double SECOND_NANOS = 1e9;

  private AuditJson() {}

  /** The JSON text. */
  public static String text(AuditReport report) {
    return JSON.writeValueAsString(entries(report));
  }

  /** The same as a mapping, to stand in another document. */
  public static Map<String, @Nullable Object> entries(AuditReport report) {
    AuditFigures figures = report.figures();
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("verdict", report.verdict().key());
    root.put("reasons", report.reasons());
    root.put("calls", calls(figures.calls()));
    root.put("attempts", attempts(figures.attempts()));
    root.put("retry_after", retryAfter(figures.retryAfter()));
    root.put("backoff", backoff(figures.backoff()));
    root.put("amplification", figures.pressure().amplification());
    root.put("worst_amplification", figures.pressure().worstAmplification());
    root.put("burst", figures.pressure().burst());
    root.put("wasted_tokens", waste(figures.waste()));
    root.put("failures", figures.failures().counts());
    root.put("retried", figures.failures().retried());
    root.put("held", held(figures.holding()));
    root.put("dropped_calls", figures.droppedCalls());
    return root;
  }

  private static Map<String, Object> calls(AuditFigures.Calls calls) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("total", calls.total());
    fields.put("succeeded_first", calls.succeededFirst());
    fields.put("succeeded_later", calls.succeededLater());
    fields.put("under_way", calls.underWay());
    fields.put("gave_up", calls.gaveUp());
    return fields;
  }

  private static Map<String, Object> attempts(AuditFigures.Attempts attempts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("total", attempts.total());
    fields.put("retries", attempts.retries());
    fields.put("hedges", attempts.hedges());
    fields.put("repeats", attempts.repeats());
    fields.put("failed", attempts.failed());
    fields.put("client_gone", attempts.clientGone());
    fields.put("after_non_retryable", attempts.afterNonRetryable());
    fields.put("per_call", attempts.perCall());
    fields.put("most", attempts.most());
    return fields;
  }

  private static Map<String, Object> retryAfter(AuditFigures.RetryAfter retryAfter) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("asked", retryAfter.asked());
    fields.put("kept", retryAfter.kept());
    fields.put("worst_s", retryAfter.worstNanos() / SECOND_NANOS);
    return fields;
  }

  private static Map<String, @Nullable Object> backoff(AuditFigures.Backoff backoff) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("pause_s", estimate(backoff.pauseNanos(), SECOND_NANOS));
    fields.put("growth", estimate(backoff.growth(), 1));
    fields.put("jitter", backoff.jitter());
    return fields;
  }

  private static Map<String, @Nullable Object> held(AuditFigures.Holding holding) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("left_soonest_s", seconds(holding.leftSoonestNanos()));
    fields.put("left_latest_s", seconds(holding.leftLatestNanos()));
    fields.put("longest_s", seconds(holding.longestNanos()));
    return fields;
  }

  private static @Nullable Double seconds(@Nullable Long nanos) {
    return nanos == null ? null : nanos / SECOND_NANOS;
  }

  private static @Nullable Map<String, Object> estimate(@Nullable Estimate estimate, double unit) {
    if (estimate == null) {
      return null;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("median", estimate.median() / unit);
    fields.put("low", estimate.low() / unit);
    fields.put("high", estimate.high() / unit);
    return fields;
  }

  private static Map<String, Object> waste(AuditFigures.Waste waste) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("failed", waste.failedTokens());
    fields.put("duplicate", waste.duplicateTokens());
    return fields;
  }
}
