package dev.candor.analysis;

import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.server.ServerSideJson;
import dev.candor.analysis.warning.EarlyWarningJson;
import dev.candor.corpus.fidelity.FidelityJson;
import dev.candor.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes summary.json with the keys of docs/metrics.md. */
public final class SummaryJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SummaryJson() {}

  /** Writes {@code summary} to {@code file}. */
  public static void write(Summary summary, Path file) throws IOException {
    Files.writeString(file, text(summary) + "\n");
  }

  /** The JSON text. */
  public static String text(Summary summary) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("candor", summary.candor());
    root.put("scenario", summary.scenario());
    root.put("seed", summary.seed());
    root.put("verdict", summary.verdict().key());
    root.put("verdict_reason", summary.verdictReason());
    root.put("stopped_by", summary.stoppedBy());
    root.put("thresholds", summary.thresholds());
    root.put("phases", summary.phases().stream().map(SummaryJson::phase).toList());
    root.put("overall", phase(summary.overall()));
    RunFidelity fidelity = summary.fidelity();
    root.put(
        "fidelity",
        fidelity == null || fidelity.fidelity() == null
            ? null
            : FidelityJson.members(fidelity.fidelity(), RunFidelity.GOOD));
    root.put("server", ServerSideJson.of(summary.server()));
    root.put("saturation", SaturationJson.of(summary.saturation()));
    root.put("drift", DriftJson.of(summary.drift()));
    root.put(
        "early_warning",
        summary.earlyWarning() == null ? null : EarlyWarningJson.members(summary.earlyWarning()));
    root.put("notes", summary.notes());
    return JSON.writeValueAsString(root);
  }

  private static Map<String, @Nullable Object> phase(Summary.Phase p) {
    Map<String, @Nullable Object> phase = new LinkedHashMap<>();
    phase.put("name", p.name());
    phase.put("kind", p.kind());
    phase.put("users", p.users());
    phase.put("rate", p.rate());
    phase.put("duration_s", p.durationS());
    phase.put(
        "requests",
        fields(
            "intended", p.requests().intended(),
            "completed", p.requests().completed(),
            "failed", p.requests().failed(),
            "abandoned", p.requests().abandoned(),
            "unfinished", p.requests().unfinished(),
            "held_back", p.requests().heldBack(),
            "never_sent", p.requests().neverSent(),
            "outcomes", outcomes(p.requests())));
    phase.put("attempts", p.attempts());
    phase.put("retry_amplification", p.retryAmplification());
    phase.put("attempt_outcomes", p.tries().outcomes());
    phase.put("retries", RetriesJson.of(p.tries()));
    phase.put(
        "tokens",
        fields(
            "input", p.tokens().input(),
            "input_cached", p.tokens().inputCached(),
            "input_asked", p.tokens().inputAsked(),
            "input_counted", p.tokens().inputCounted(),
            "output", p.tokens().output(),
            "wasted_input", p.tokens().wastedInput(),
            "wasted_output", p.tokens().wastedOutput(),
            "source", p.tokens().source()));
    phase.put(
        "rates",
        fields(
            "offered", p.rates().offered(),
            "admitted", p.rates().admitted(),
            "requests", p.rates().requests(),
            "output_tps", p.rates().outputTps(),
            "input_tps", p.rates().inputTps(),
            "input_tps_uncached", p.rates().inputTpsUncached()));
    phase.put("concurrency", p.rates().concurrency());
    phase.put("latency", latencies(p.latency()));
    phase.put(
        "goodput",
        fields(
            "ratio", p.goodput().ratio(),
            "requests_per_s", p.goodput().requestsPerS(),
            "output_tps", p.goodput().outputTps(),
            "slo", p.goodput().slo()));
    phase.put("cost", p.cost() == null ? null : cost(p.cost()));
    phase.put(
        "cache",
        fields(
            "asked", p.cache().asked(),
            "hit_rate", p.cache().hitRate(),
            "server_hit_rate", p.cache().serverHitRate(),
            "ceiling", p.cache().ceiling()));
    phase.put("sessions", SessionsJson.of(p.sessions()));
    phase.put("http", http(p.http()));
    phase.put("targets", p.targets().stream().map(SummaryJson::target).toList());
    phase.put("client", client(p.client()));
    return phase;
  }

  private static Map<String, @Nullable Object> client(Summary.Client c) {
    Map<String, Object> reasons = new LinkedHashMap<>();
    for (LimitReason reason : LimitReason.values()) {
      reasons.put(reason.key(), c.reasons().getOrDefault(reason, 0));
    }
    return fields(
        "limited_windows", c.limitedWindows(),
        "windows", c.windows(),
        "reasons", reasons,
        "loop_delay_p99", c.loopDelayP99(),
        "send_lateness_p99", c.sendLatenessP99(),
        "gc_max", c.gcMax(),
        "safepoint_max", c.safepointMax(),
        "allocation_stall_max", c.allocationStallMax(),
        "cpu", c.cpu(),
        "steal_max", c.steal(),
        "run_queue_max", c.runQueue(),
        "preemptions_max", c.preemptions(),
        "receive_queue_max_bytes", c.receiveQueue(),
        "receive_waiting_max", c.receiveWaiting(),
        "writer_backlog_max", c.writerBacklog(),
        "writer_lag_max", c.writerLag(),
        "writer_dropped", c.writerDropped());
  }

  /** Every outcome, zeros too: a script need not know which ones occurred. */
  private static Map<String, Long> outcomes(Summary.Requests requests) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome.key(), requests.outcomes().getOrDefault(outcome.key(), 0L));
    }
    return counts;
  }

  private static Map<String, Object> latencies(Map<String, Summary.Latency> all) {
    Map<String, Object> latencies = new LinkedHashMap<>();
    all.forEach((key, latency) -> latencies.put(key, latency(latency)));
    return latencies;
  }

  private static Map<String, @Nullable Object> http(Summary.Http http) {
    return fields(
        "requests_on_new", http.requestsOnNew(),
        "requests_on_kept", http.requestsOnKept(),
        "resends", http.resends(),
        "new", latencies(http.onNew()),
        "kept", latencies(http.onKept()));
  }

  private static Map<String, @Nullable Object> target(Summary.TargetShare target) {
    return fields(
        "address", target.address(),
        "requests", target.requests(),
        "completed", target.completed(),
        "failed", target.failed(),
        "ttft", latency(target.ttft()),
        "e2e", latency(target.e2e()));
  }

  static Map<String, @Nullable Object> latency(Summary.Latency l) {
    Map<String, Object> intervals = new LinkedHashMap<>();
    l.ci95().forEach((name, ci) -> intervals.put(name, List.of(ci.low(), ci.high())));
    return fields(
        "count", l.count(),
        "mean", l.mean(),
        "min", l.min(),
        "max", l.max(),
        "p50", l.p50(),
        "p90", l.p90(),
        "p95", l.p95(),
        "p99", l.p99(),
        "p999", l.p999(),
        "ci95", intervals);
  }

  private static Map<String, @Nullable Object> cost(Summary.Cost c) {
    return fields(
        "currency", c.currency(),
        "total", c.total(),
        "wasted", c.wasted(),
        "per_request",
            fields("p50", c.perRequestP50(), "p95", c.perRequestP95(), "max", c.perRequestMax()),
        "per_million_output_tokens", c.perMillionOutputTokens());
  }

  static Map<String, @Nullable Object> fields(@Nullable Object... pairs) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return fields;
  }
}
