package dev.candor.scenario.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the flags of a sweep say, as text; null where a flag was not given. */
public record SweepFlags(
    @Nullable String users,
    @Nullable String rate,
    @Nullable String resolution,
    List<String> conditions,
    @Nullable String hold) {
  public static final SweepFlags NONE = new SweepFlags(null, null, null, List.of(), null);

  public SweepFlags {
    conditions = List.copyOf(conditions);
  }
}
