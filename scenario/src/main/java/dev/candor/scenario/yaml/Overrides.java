package dev.candor.scenario.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What flags say, as text; null where a flag was not given. */
public record Overrides(
    @Nullable String url,
    @Nullable String api,
    @Nullable String model,
    @Nullable String users,
    @Nullable String rate,
    @Nullable String duration,
    @Nullable String warmup,
    @Nullable String maxTokens,
    @Nullable String seed,
    @Nullable String out,
    @Nullable String slo,
    List<String> thresholds) {
  public static final Overrides NONE =
      new Overrides(null, null, null, null, null, null, null, null, null, null, null, List.of());

  public Overrides {
    thresholds = List.copyOf(thresholds);
  }
}
