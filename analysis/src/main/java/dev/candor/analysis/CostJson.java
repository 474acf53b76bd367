package dev.candor.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cost and waste as in summary.json. */
final class CostJson {
  private CostJson() {}

  static Map<String, @Nullable Object> of(Summary.Cost c) {
    Map<String, @Nullable Object> cost = new LinkedHashMap<>();
    cost.put("currency", c.currency());
    cost.put("total", c.total());
    cost.put("wasted", c.wasted());
    cost.put("parts", parts(c.parts()));
    cost.put("per_request", perRequest(c));
    cost.put("per_success", c.perSuccess());
    cost.put("per_good", c.perGood());
    cost.put("per_session", c.perSession());
    cost.put("per_million_input_tokens", c.perMillionInputTokens());
    cost.put("per_million_output_tokens", c.perMillionOutputTokens());
    cost.put("per_million_tokens", c.perMillionTokens());
    return cost;
  }

  private static Map<String, @Nullable Object> parts(Summary.CostParts p) {
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("uncached_input", p.uncachedInput());
    parts.put("cached_input", p.cachedInput());
    parts.put("cache_write", p.cacheWrite());
    parts.put("output", p.output());
    parts.put("requests", p.requests());
    parts.put("time", p.time());
    return parts;
  }

  private static Map<String, @Nullable Object> perRequest(Summary.Cost c) {
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("count", c.requests());
    request.put("mean", c.perRequestMean());
    request.put("p50", c.perRequestP50());
    request.put("p95", c.perRequestP95());
    request.put("p99", c.perRequestP99());
    request.put("max", c.perRequestMax());
    Map<String, Object> ci95 = new LinkedHashMap<>();
    for (String name : List.of("mean", "p50", "p95", "p99")) {
      Summary.Interval at = c.ci95().get(name);
      if (at != null) {
        ci95.put(name, List.of(at.low(), at.high()));
      }
    }
    request.put("ci95", ci95);
    return request;
  }

  static List<Map<String, @Nullable Object>> of(Summary.Waste waste) {
    return waste.causes().stream().map(CostJson::wasted).toList();
  }

  private static Map<String, @Nullable Object> wasted(Summary.WastedBy by) {
    Map<String, @Nullable Object> wasted = new LinkedHashMap<>();
    wasted.put("cause", by.cause());
    wasted.put("attempts", by.attempts());
    wasted.put("input", by.inputTokens());
    wasted.put("output", by.outputTokens());
    wasted.put("cost", by.cost());
    return wasted;
  }
}
