package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the time of completed requests went, phase by phase (docs/metrics.md, "HTTP phases"), of
 * those on new connections and of those on kept ones. For one thread.
 */
final class HttpFigures {
  private static final List<String> PHASES =
      List.of("blocked", "dns", "connect", "tls", "send", "wait", "receive", "rtt");

  /** What stands before a phase's name among the latencies. */
  private static final String PREFIX = "http_";

  private final Map<String, LatencySketch> onNew = sketches();
  private final Map<String, LatencySketch> onKept = sketches();
  private long opened;
  private long kept;
  private long resends;

  private static Map<String, LatencySketch> sketches() {
    Map<String, LatencySketch> sketches = new LinkedHashMap<>();
    PHASES.forEach(phase -> sketches.put(phase, new LatencySketch()));
    return sketches;
  }

  /** Whether {@code a} waited for a connection to be made. */
  static boolean isOnNewConnection(AttemptRecord a) {
    return a.connectNanos() != NONE || a.http().tcp() != NONE;
  }

  void add(AttemptRecord a) {
    if (a.sent() == NONE) {
      return;
    }
    boolean isNew = isOnNewConnection(a);
    opened += isNew ? 1 : 0;
    kept += isNew ? 0 : 1;
    resends += a.resends();
    if (a.outcome() != Outcome.COMPLETED) {
      return;
    }
    Map<String, LatencySketch> sketches = isNew ? onNew : onKept;
    HttpPhases http = a.http();
    add(sketches, "blocked", http.blocked());
    add(sketches, "dns", http.dns());
    add(sketches, "connect", http.tcp());
    add(sketches, "tls", http.tls());
    add(sketches, "send", http.send());
    add(sketches, "rtt", http.rtt());
    if (a.headers() != NONE) {
      // An early answer may come while the request is still being sent.
      add(sketches, "wait", Math.max(0, a.headers() - a.sent()));
      add(sketches, "receive", a.end() - a.headers());
    }
  }

  private static void add(Map<String, LatencySketch> sketches, String phase, long nanos) {
    if (nanos != NONE) {
      Objects.requireNonNull(sketches.get(phase)).add(nanos, 1);
    }
  }

  /** All connections together, by the keys of summary.json's latencies. */
  Map<String, Summary.Latency> latencies() {
    Map<String, Summary.Latency> all = new LinkedHashMap<>();
    for (String phase : PHASES) {
      LatencySketch both = new LatencySketch();
      both.merge(Objects.requireNonNull(onNew.get(phase)));
      both.merge(Objects.requireNonNull(onKept.get(phase)));
      all.put(PREFIX + phase, both.latency());
    }
    return all;
  }

  Summary.Http summarize() {
    return new Summary.Http(opened, kept, resends, shown(onNew), shown(onKept));
  }

  private static Map<String, Summary.Latency> shown(Map<String, LatencySketch> sketches) {
    Map<String, Summary.Latency> shown = new LinkedHashMap<>();
    sketches.forEach((phase, sketch) -> shown.put(phase, sketch.latency()));
    return shown;
  }
}
