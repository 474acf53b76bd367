package dev.candor.scenario.yaml;

import dev.candor.scenario.Prices;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes prices as numbers, so that a later price book does not change what a run has cost. */
final class PricesYaml {
  private PricesYaml() {}

  /** What {@link PricesReader} reads back to the same; {@code prices} are null where unknown. */
  static Object entries(@Nullable Prices prices) {
    if (prices == null) {
      return PricesReader.UNKNOWN;
    }
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("currency", prices.currency());
    Prices.GpuHours gpus = prices.gpus();
    if (gpus != null) {
      section.put("gpu_hour", gpus.hour());
      section.put("gpus", gpus.count());
    } else {
      section.put("input", prices.inputPerMillion());
      section.put("cached_input", prices.cachedInputPerMillion());
      section.put("cache_write", prices.cacheWritePerMillion());
      section.put("output", prices.outputPerMillion());
      if (prices.perRequest() > 0) {
        section.put("request", prices.perRequest());
      }
      if (prices.batchDiscount() > 0) {
        section.put("batch_discount", prices.batchDiscount());
      }
      if (prices.batch()) {
        section.put("batch", true);
      }
    }
    Prices.Origin origin = prices.origin();
    putKnown(section, "listed_as", origin.model());
    putKnown(section, "source", origin.source());
    putKnown(section, "as_of", origin.asOf());
    if (origin.assumed()) {
      section.put("assumed", true);
    }
    return section;
  }

  private static void putKnown(Map<String, Object> section, String key, @Nullable String value) {
    if (value != null) {
      section.put(key, value);
    }
  }
}
