package dev.candor.app.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list of them.
 *
 * @param verdict as in summary.json; null: it has none yet
 * @param reason of the verdict, or why there is none
 * @param start null: it has not begun
 * @param durationS null as that
 * @param requests intended, of all measured phases; null: not known
 * @param figures by their names in thresholds, of all measured phases; times in milliseconds
 */
record RunFacts(
    String id,
    String scenario,
    State state,
    @Nullable String verdict,
    @Nullable String reason,
    @Nullable Instant start,
    @Nullable Double durationS,
    @Nullable String target,
    @Nullable String model,
    List<String> tags,
    @Nullable Long requests,
    @Nullable String currency,
    Map<String, Double> figures) {

  /** How far a run is. */
  enum State {
    RUNNING,
    FINISHED,
    /** Its process died. */
    LEFT,
    /** It was started here and ended before it had a directory. */
    FAILED
  }

  RunFacts {
    tags = List.copyOf(tags);
    figures = Map.copyOf(figures);
  }

  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("scenario", scenario);
    members.put("state", Json.key(state));
    members.put("verdict", verdict);
    members.put("verdict_reason", reason);
    members.put("start", start == null ? null : start.toString());
    members.put("duration_s", durationS);
    members.put("target", target);
    members.put("model", model);
    members.put("tags", tags);
    members.put("figures", shown());
    return members;
  }

  /** The few that a list has room for. */
  private Map<String, @Nullable Object> shown() {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("ttft_p99", figures.get("ttft.p99"));
    shown.put("itl_p99", figures.get("itl.p99"));
    shown.put("output_tps", figures.get("output_tps"));
    shown.put("goodput", figures.get("goodput"));
    shown.put("requests", requests);
    shown.put("cost", figures.get("cost.total"));
    shown.put("currency", currency);
    return shown;
  }

  /** The figures, sorted by name. */
  Map<String, Double> sorted() {
    return new TreeMap<>(figures);
  }
}
