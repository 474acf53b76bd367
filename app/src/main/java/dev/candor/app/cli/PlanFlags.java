package dev.candor.app.cli;

import dev.candor.base.yaml.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of {@code candor plan} that stand for keys of a plan's file, and win over it. */
final class PlanFlags {
  @Option(
      names = "--peak-rate",
      paramLabel = "RATE",
      description = "The peak in requests: 50/s, 3000/min.")
  @Nullable String rate;

  @Option(
      names = "--peak-output-tps",
      paramLabel = "N",
      description = "The peak in output tokens a second.")
  @Nullable String outputTps;

  @Option(
      names = "--peak-input-tps",
      paramLabel = "N",
      description =
          "The peak in prompt tokens a second; beside --peak-output-tps their ratio is the mix.")
  @Nullable String inputTps;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "The peak in users at a time, as busy as the sweep's.")
  @Nullable String users;

  @Option(
      names = "--input",
      paramLabel = "TOKENS",
      description = "Of a prompt, on average; else the run's.")
  @Nullable String input;

  @Option(
      names = "--output",
      paramLabel = "TOKENS",
      description = "Of an answer, on average; else the run's.")
  @Nullable String output;

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description =
          "The engine: in place of a sweep where there is no RUN, else for formulas and simulations, in place of a fit to it.")
  @Nullable String profile;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "With --profile and no RUN: the requests, and the sweep that is simulated.")
  @Nullable String scenario;

  @Option(
      names = "--slo",
      description = "With --profile and no RUN: a preset, or ttft=500ms,itl=100ms. Default: chat.")
  @Nullable String slo;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description =
          "Engines that were behind the runs' address (default: what the run knows, else 1).")
  @Nullable String replicas;

  @Option(
      names = "--growth",
      paramLabel = "SHARE",
      description = "By which the peak will have grown: 30%%.")
  @Nullable String growth;

  @Option(
      names = "--headroom",
      paramLabel = "X",
      description = "Factor on what the peak needs, or a range (default: 1.5..2).")
  @Nullable String headroom;

  @Option(
      names = "--spare",
      paramLabel = "N",
      description = "Replicas that may be lost at the peak (default: 1; 0: none).")
  @Nullable String spare;

  @Option(
      names = "--zones",
      paramLabel = "N",
      description = "Spread over so many zones, of which one may be lost; in place of --spare.")
  @Nullable String zones;

  @Option(
      names = "--hit-rate",
      paramLabel = "SHARE",
      description = "Of production's prefix cache; else the measured one.")
  @Nullable String hitRate;

  @Option(
      names = "--production",
      paramLabel = "CORPUS",
      description = "Production traffic, for its cache hit rate and its day.")
  @Nullable String production;

  @Option(
      names = "--daily",
      paramLabel = "N,…",
      description = "24 levels of the day, one an hour; the highest is the peak.")
  @Nullable String daily;

  @Option(
      names = "--scale-up",
      paramLabel = "TIME",
      description = "Until a new replica serves (default: 5m).")
  @Nullable String scaleUp;

  @Option(names = "--rpm", paramLabel = "N", description = "The provider's requests a minute.")
  @Nullable String rpm;

  @Option(
      names = "--tpm",
      paramLabel = "N",
      description = "The provider's tokens a minute, input and output.")
  @Nullable String tpm;

  @Option(
      names = "--input-tpm",
      paramLabel = "N",
      description = "The provider's uncached input tokens a minute.")
  @Nullable String inputTpm;

  @Option(
      names = "--output-tpm",
      paramLabel = "N",
      description = "The provider's output tokens a minute.")
  @Nullable String outputTpm;

  @Option(
      names = "--prices",
      paramLabel = "MODEL",
      description = "What a provider would ask for the same tokens: a model of the price book.")
  @Nullable String prices;

  @Option(names = "--gpu-hour", paramLabel = "PRICE", description = "Of one GPU.")
  @Nullable String gpuHour;

  @Option(names = "--gpus", paramLabel = "N", description = "Of one replica (default: 1).")
  @Nullable String gpus;

  @Option(names = "--currency", paramLabel = "CODE", description = "Of --gpu-hour (default: USD).")
  @Nullable String currency;

  @Option(
      names = "--goodput",
      paramLabel = "SHARE",
      description = "Of requests that must meet their SLOs; else what the sweep asks for.")
  @Nullable String goodput;

  @Option(names = "--no-simulation", description = "Do not check the plan by simulating it.")
  boolean unchecked;

  /** Those that were given, by key. */
  Map<String, Value> values() {
    Map<String, Value> values = new LinkedHashMap<>();
    put(values, "peak.rate", "--peak-rate", rate);
    put(values, "peak.output_tps", "--peak-output-tps", outputTps);
    put(values, "peak.input_tps", "--peak-input-tps", inputTps);
    put(values, "peak.users", "--users", users);
    put(values, "input", "--input", input);
    put(values, "output", "--output", output);
    put(values, "profile", "--profile", profile);
    put(values, "scenario", "--scenario", scenario);
    put(values, "slo", "--slo", slo);
    put(values, "replicas", "--replicas", replicas);
    put(values, "growth", "--growth", growth);
    put(values, "headroom", "--headroom", headroom);
    put(values, "spare", "--spare", spare);
    put(values, "zones", "--zones", zones);
    put(values, "hit_rate", "--hit-rate", hitRate);
    put(values, "production", "--production", production);
    put(values, "daily", "--daily", daily);
    put(values, "scale_up", "--scale-up", scaleUp);
    put(values, "quota.rpm", "--rpm", rpm);
    put(values, "quota.tpm", "--tpm", tpm);
    put(values, "quota.input_tpm", "--input-tpm", inputTpm);
    put(values, "quota.output_tpm", "--output-tpm", outputTpm);
    put(values, "prices", "--prices", prices);
    put(values, "gpu.hourly", "--gpu-hour", gpuHour);
    put(values, "gpu.count", "--gpus", gpus);
    put(values, "gpu.currency", "--currency", currency);
    put(values, "goodput", "--goodput", goodput);
    put(values, "simulate", "--no-simulation", unchecked ? "false" : null);
    return values;
  }

  private static void put(
      Map<String, Value> values, String key, String flag, @Nullable String text) {
    if (text != null) {
      values.put(key, new Value(flag, text));
    }
  }
}
