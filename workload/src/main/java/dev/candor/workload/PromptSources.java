package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.scenario.Workload;
import dev.candor.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Opens the source of prompts that a scenario names. */
public final class PromptSources {
  private PromptSources() {}

  /**
   * Opens it.
   *
   * @param seed of all generated text and draws
   * @param runNonce differs from run to run; ahead of every prompt where the workload is salted
   * @throws dev.candor.base.error.CandorException where a file is missing or wrong, with its line
   */
  public static OpenedSource open(
      Workload workload, Tokenizer tokenizer, Seed seed, long runNonce) {
    return open(workload, tokenizer, seed, runNonce, false);
  }

  /**
   * As above.
   *
   * @param timed whether a step replays its rows' instants
   */
  public static OpenedSource open(
      Workload workload, Tokenizer tokenizer, Seed seed, long runNonce, boolean timed) {
    List<String> notes = new ArrayList<>();
    Salt salt = workload.salted() ? Salt.of(runNonce, tokenizer) : Salt.NONE;
    int limit = workload.maxTokens() == null ? Integer.MAX_VALUE : workload.maxTokens();
    return switch (workload.source()) {
      case Workload.Synthetic synthetic -> {
        GeneratedPrompts prompts =
            new GeneratedPrompts(
                new MixLengths(synthetic.classes(), seed), tokenizer, salt, seed, limit);
        yield new OpenedSource(prompts, notes, prompts::subtractTemplateTokens);
      }
      case Workload.Trace trace -> {
        TraceLengths lengths = TraceLengths.read(trace, timed, notes);
        GeneratedPrompts prompts = new GeneratedPrompts(lengths, tokenizer, salt, seed, limit);
        yield new OpenedSource(prompts, notes, prompts::subtractTemplateTokens, lengths.times());
      }
      case Workload.Messages messages -> {
        if (workload.calibrate()) {
          notes.add(
              "calibrate: recorded messages are sent as they are, their length is not changed");
        }
        yield new OpenedSource(
            RecordedMessages.read(messages.file(), tokenizer, salt, limit, notes),
            notes,
            tokens -> {});
      }
    };
  }
}
