package dev.candor.analysis.server;

import dev.candor.analysis.server.ServerSide.Estimate;
import dev.candor.analysis.server.ServerSide.Figures;
import dev.candor.analysis.server.ServerSide.Gpu;
import dev.candor.analysis.server.ServerSide.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** {@code server} of summary.json, with the keys of docs/server-metrics.md. */
public final class ServerSideJson {
  private ServerSideJson() {}

  /** The object; null where the server told nothing. */
  public static @Nullable Map<String, @Nullable Object> of(@Nullable ServerSide side) {
    if (side == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("pages", side.pages());
    json.put("phases", side.phases().stream().map(ServerSideJson::phase).toList());
    json.put("overall", phase(side.overall()));
    return json;
  }

  private static Map<String, @Nullable Object> phase(ServerSide.Phase phase) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", phase.name());
    json.putAll(figures(phase.together()));
    Map<String, @Nullable Object> pages = new LinkedHashMap<>();
    phase.byPage().forEach(each -> pages.put(each.page(), figures(each.figures())));
    json.put("by_page", pages);
    return json;
  }

  private static Map<String, @Nullable Object> figures(Figures f) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kv_usage", level(f.kvUsage()));
    json.put("running", level(f.running()));
    json.put("waiting", level(f.waiting()));
    json.put("swapped", level(f.swapped()));
    json.put("preemptions", f.preemptions());
    json.put("hit_rate", f.hitRate());
    json.put("hit_rate_told", f.hitRateTold());
    json.put("output_tps", f.outputTps());
    json.put("input_tps", f.inputTps());
    json.put("gpu", f.gpu() == null ? null : gpu(f.gpu()));
    Map<String, @Nullable Object> latency = new LinkedHashMap<>();
    f.latency().forEach((key, each) -> latency.put(key, latency(each)));
    json.put("latency", latency);
    return json;
  }

  private static Map<String, @Nullable Object> gpu(Gpu gpu) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("power_w", level(gpu.power()));
    json.put("energy_j", gpu.energy());
    json.put("energy_counted", gpu.energyCounted());
    json.put("joules_per_output_token", gpu.joulesPerOutputToken());
    json.put("memory_used_bytes", level(gpu.memoryUsed()));
    json.put("memory_total_bytes", gpu.memoryTotal());
    json.put("busy", level(gpu.busy()));
    json.put("tensor", level(gpu.tensor()));
    json.put("dram", level(gpu.dram()));
    return json;
  }

  private static @Nullable Map<String, Object> level(@Nullable Level level) {
    if (level == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", level.mean());
    json.put("max", level.max());
    return json;
  }

  private static Map<String, @Nullable Object> latency(ServerSide.Latency latency) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("count", latency.count());
    json.put("mean", latency.mean());
    json.putAll(estimates(latency.quantiles()));
    json.put("difference", estimates(latency.difference()));
    return json;
  }

  private static Map<String, @Nullable Object> estimates(SortedMap<String, Estimate> estimates) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    estimates.forEach(
        (name, estimate) -> {
          Map<String, @Nullable Object> each = new LinkedHashMap<>();
          each.put("value", estimate.value());
          each.put("low", estimate.low());
          each.put("high", estimate.high());
          json.put(name, each);
        });
    return json;
  }
}
