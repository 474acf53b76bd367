package dev.candor.analysis;

import static dev.candor.analysis.SummaryJson.fields;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of summary.json that tells of conversations. */
final class SessionsJson {
  private SessionsJson() {}

  static Map<String, @Nullable Object> of(Summary.Sessions sessions) {
    return fields(
        "begun", sessions.begun(),
        "turns", rows(sessions.turns()),
        "contexts", rows(sessions.contexts()),
        "ttft_per_turn", slope(sessions.ttftPerTurn()),
        "ttft_per_1000_tokens", slope(sessions.ttftPerThousandTokens()));
  }

  private static List<Map<String, @Nullable Object>> rows(List<Summary.SessionRow> rows) {
    return rows.stream()
        .map(
            row ->
                fields(
                    "from", row.from(),
                    "to", row.to(),
                    "requests", row.requests(),
                    "input_tokens_mean", row.inputTokens(),
                    "cache_hit_rate", row.hitRate(),
                    "ttft", SummaryJson.latency(row.ttft())))
        .toList();
  }

  private static @Nullable Object slope(Summary.@Nullable Slope slope) {
    return slope == null
        ? null
        : fields("ms", slope.value(), "ci95", List.of(slope.ci95().low(), slope.ci95().high()));
  }
}
