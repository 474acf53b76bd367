package dev.candor.scenario.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flags say, as text; null where a flag was not given.
 *
 * @param sweep of a sweep that is asked for whether or not the file has one; null: it is not
 */
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
    List<String> thresholds,
    @Nullable SweepFlags sweep) {
  public static final Overrides NONE =
      new Overrides(null, null, null, null, null, null, null, null, null, null, null, List.of());

  /** The run's directory, and nothing else. */
  public static Overrides into(String directory) {
    return new Overrides(
        null, null, null, null, null, null, null, null, null, directory, null, List.of());
  }

  public Overrides {
    thresholds = List.copyOf(thresholds);
  }

  /** Of a run that is no sweep. */
  public Overrides(
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
    this(
        url,
        api,
        model,
        users,
        rate,
        duration,
        warmup,
        maxTokens,
        seed,
        out,
        slo,
        thresholds,
        null);
  }

  /** The same with other thresholds. */
  Overrides withThresholds(List<String> others) {
    return new Overrides(
        url, api, model, users, rate, duration, warmup, maxTokens, seed, out, slo, others, sweep);
  }

  /** The same, of a sweep, whose range of users or rates is in {@code flags}. */
  public Overrides sweeping(SweepFlags flags) {
    return new Overrides(
        url,
        api,
        model,
        null,
        null,
        duration,
        warmup,
        maxTokens,
        seed,
        out,
        slo,
        thresholds,
        flags);
  }
}
