package dev.candor.analysis.warning;

import dev.candor.analysis.warning.EarlyWarning.Lead;
import dev.candor.analysis.warning.EarlyWarning.Row;
import dev.candor.scenario.MockSettings.MetricNames;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prometheus's alert rules (alerts.yaml) for the signals that were ahead of trouble. */
public final class AlertRules {
  private static final double LONGEST_FOR_S = 60;
  private static final String RATE = "rate(%s[1m])";

  /** docs/metrics-endpoint.md has their meanings; of vLLM's the newest first. */
  private record Names(List<String> vllm, String sglang) {}

  private static final Names KV_USAGE =
      new Names(
          List.of("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"), "sglang:token_usage");
  private static final Names RUNNING =
      new Names(List.of("vllm:num_requests_running"), "sglang:num_running_reqs");
  private static final Names WAITING =
      new Names(List.of("vllm:num_requests_waiting"), "sglang:num_queue_reqs");
  private static final Names PREEMPTIONS =
      new Names(List.of("vllm:num_preemptions_total"), "sglang:num_retracted_requests_total");
  private static final Names ITL =
      new Names(
          List.of(
              "vllm:inter_token_latency_seconds_bucket",
              "vllm:time_per_output_token_seconds_bucket"),
          "sglang:inter_token_latency_seconds_bucket");
  private static final Names TTFT =
      new Names(
          List.of("vllm:time_to_first_token_seconds_bucket"),
          "sglang:time_to_first_token_seconds_bucket");

  private AlertRules() {}

  /**
   * The file's text.
   *
   * @param names the server's; null where it is not known, and the rules take vLLM's and SGLang's
   * @return null where no signal was ahead of trouble at a level of its own
   */
  public static @Nullable String text(
      EarlyWarning warning, String scenario, @Nullable MetricNames names) {
    Row best = warning.best();
    if (best == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    text.append("# Prometheus alert rules by candor, from a run of the scenario ")
        .append(oneLine(scenario))
        .append(".\n# The rule of severity 'page' had the longest lead; ")
        .append("with 'info' come others that were ahead of trouble.\n");
    if (names == null) {
      text.append("# A term 'a or b' has the names of several servers and versions: ")
          .append("those that yours lacks yield nothing.\n");
    }
    text.append("groups:\n  - name: candor-early-warning\n    rules:\n");
    rule(text, best, names, "page");
    warning.signals().stream()
        .filter(row -> !row.equals(best) && ahead(row))
        .forEach(row -> rule(text, row, names, "info"));
    return text.toString();
  }

  private static boolean ahead(Row row) {
    Lead lead = row.toMissed();
    return row.alertAt() != null && lead != null && lead.least() > 0;
  }

  private static void rule(
      StringBuilder text, Row row, @Nullable MetricNames names, String severity) {
    Signal signal = row.signal();
    Lead lead = row.toMissed();
    double alertAt = row.alertAt() == null ? Double.NaN : row.alertAt();
    double leadS = lead == null ? 0 : lead.least();
    text.append("      - alert: ").append(name(signal)).append('\n');
    text.append("        expr: ").append(quoted(expression(signal, alertAt, names))).append('\n');
    text.append("        for: ").append(patience(leadS)).append("s\n");
    text.append("        labels:\n          severity: ").append(severity).append('\n');
    text.append("        annotations:\n          summary: ")
        .append(quoted("%s above %s".formatted(signal.words(), signal.format(alertAt))))
        .append("\n          description: ")
        .append(
            quoted(
                String.format(
                    Locale.ROOT,
                    "In the load test it was at most %s while all was well, and at %s %.1f s ahead of the missed SLOs.",
                    row.good() == null ? "n/a" : signal.format(row.good()),
                    row.level() == null ? "n/a" : signal.format(row.level()),
                    leadS)))
        .append('\n');
  }

  /** A third of the lead: what is left is for people. */
  private static long patience(double leadS) {
    return (long) Math.floor(Math.min(LONGEST_FOR_S, leadS / 3));
  }

  private static String name(Signal signal) {
    return switch (signal) {
      case KV_USAGE -> "LlmKvCacheFilling";
      case WAITING -> "LlmRequestsQueueing";
      case PREEMPTIONS -> "LlmPreemptions";
      case ITL_P50 -> "LlmInterTokenLatencyP50";
      case TTFT_P50 -> "LlmTimeToFirstTokenP50";
      case TTFT_P90 -> "LlmTimeToFirstTokenP90";
      case IN_FLIGHT -> "LlmRequestsInFlight";
    };
  }

  private static String expression(Signal signal, double level, @Nullable MetricNames names) {
    return switch (signal) {
      case KV_USAGE ->
          "max by (model_name) (%s) > %s".formatted(any(KV_USAGE, names, "%s"), number(level));
      case WAITING ->
          "sum by (model_name) (%s) > %s".formatted(any(WAITING, names, "%s"), number(level));
      case PREEMPTIONS ->
          "sum by (model_name) (%s) > %s".formatted(any(PREEMPTIONS, names, RATE), number(level));
      case ITL_P50 -> quantile(0.5, any(ITL, names, RATE), level);
      case TTFT_P50 -> quantile(0.5, any(TTFT, names, RATE), level);
      case TTFT_P90 -> quantile(0.9, any(TTFT, names, RATE), level);
      case IN_FLIGHT ->
          "sum by (model_name) (%s) + sum by (model_name) (%s) > %s"
              .formatted(any(RUNNING, names, "%s"), any(WAITING, names, "%s"), number(level));
    };
  }

  /** The server's histogram stands for the client's clock: it leaves the network out. */
  private static String quantile(double quantile, String rates, double levelMs) {
    return "histogram_quantile(%s, sum by (model_name, le) (%s)) > %s"
        .formatted(number(quantile), rates, number(levelMs / 1e3));
  }

  /** The series of the server, put into {@code form}; those of all servers where it is unknown. */
  private static String any(Names series, @Nullable MetricNames names, String form) {
    List<String> all =
        names == null
            ? Stream.concat(series.vllm().stream(), Stream.of(series.sglang())).toList()
            : switch (names) {
              case VLLM -> List.of(series.vllm().getFirst());
              case SGLANG -> List.of(series.sglang());
            };
    return all.stream()
        .map(name -> String.format(Locale.ROOT, form, name))
        .collect(Collectors.joining(" or "));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.6f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** YAML's single quotes, in which only these themselves are special. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A comment must not end early. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
