package dev.candor.app.cli;

import dev.candor.scenario.yaml.Overrides;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that win over a scenario's file. */
final class RunFlags {
  @Option(names = "--url", description = "Base address, such as http://127.0.0.1:8000/v1.")
  @Nullable String url;

  @Option(
      names = "--api",
      description =
          "Wire dialect: openai-chat, openai-completions, openai-responses, openai-embeddings, anthropic-messages, ollama-chat, ollama-generate.")
  @Nullable String api;

  @Option(names = "--model", description = "Model to ask for.")
  @Nullable String model;

  @Option(
      names = "--users",
      description = "Users at a time (closed loop); of a sweep a range, 10..100.")
  @Nullable String users;

  @Option(
      names = "--rate",
      description = "Requests a second (open loop): 10/s, 600/min; of a sweep a range, 1/s..50/s.")
  @Nullable String rate;

  @Option(names = "--for", paramLabel = "TIME", description = "How long to measure: 60s, 5m.")
  @Nullable String duration;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      description = "Load ahead of it, kept out of the figures.")
  @Nullable String warmup;

  @Option(names = "--max-tokens", paramLabel = "N", description = "Upper bound of every answer.")
  @Nullable String maxTokens;

  @Option(names = "--seed", paramLabel = "N", description = "Root of all randomness.")
  @Nullable String seed;

  @Option(names = "--out", paramLabel = "DIR", description = "The run's directory.")
  @Nullable String out;

  @Option(
      names = "--slo",
      description = "A preset (chat, copilot, document) or ttft=500ms,itl=100ms.")
  @Nullable String slo;

  @Option(
      names = "--threshold",
      paramLabel = "EXPR",
      description =
          "Such as 'ttft.p99 < 500ms' or 'goodput{class=chat, confident} >= 99%%'; may be repeated (docs/thresholds.md).")
  List<String> thresholds = List.of();

  Overrides overrides() {
    return overrides(out);
  }

  /** The same with another directory. */
  Overrides overrides(@Nullable String directory) {
    return new Overrides(
        url,
        api,
        model,
        users,
        rate,
        duration,
        warmup,
        maxTokens,
        seed,
        directory,
        slo,
        thresholds);
  }
}
