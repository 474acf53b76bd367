package dev.candor.app.cli;

import dev.candor.app.history.HistoryPlace;
import dev.candor.app.history.RunEntry;
import dev.candor.base.error.CandorException;
import dev.candor.record.RunDirectory;
import dev.candor.record.history.CataloguedRun;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Beside the scenario's tags; may be repeated (docs/history.md).")
  List<String> tags = List.of();

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "Add the run to this history, 'default' to the usual one; CANDOR_HISTORY does so for every run.")
  @Nullable String history;

  /**
   * Tags as they were given.
   *
   * @throws CandorException where one is empty or has a comma
   */
  static List<String> tags(List<String> given) {
    for (String tag : given) {
      if (tag.isBlank() || tag.contains(",")) {
        throw CandorException.user(
            "--tag: found '%s', must be a word such as nightly; repeat --tag for several"
                .formatted(tag));
      }
    }
    return given;
  }

  /** {@code scenario} with the tags of the flags too. */
  Scenario tagged(Scenario scenario) {
    return tags.isEmpty()
        ? scenario
        : scenario.withTags(
            Stream.concat(scenario.tags().stream(), tags(tags).stream()).distinct().toList());
  }

  /** Adds the run in {@code directory} to the history, where that was asked for. */
  void remember(Path directory) {
    Path file = HistoryPlace.named(history, System::getenv);
    if (file == null) {
      return;
    }
    try {
      CataloguedRun added =
          RunEntry.of(RunDirectory.existing(directory), List.of(), System::getenv).addTo(file);
      System.err.println("candor: run %d of the history in %s".formatted(added.id(), file));
    } catch (CandorException e) {
      // The run itself is there, whatever the history is.
      System.err.println("candor: warning: not added to the history: " + e.getMessage());
    }
  }

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
