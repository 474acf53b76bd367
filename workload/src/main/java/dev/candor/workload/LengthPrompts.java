package dev.candor.workload;

import java.util.List;

/**
 * The lengths of prompts that have nothing in common, without their texts: for an engine that reads
 * none. The same as of {@link GeneratedPrompts}.
 */
final class LengthPrompts implements PromptSource {
  private final Lengths lengths;
  private final int maxTokens;

  LengthPrompts(Lengths lengths, int maxTokens) {
    this.lengths = lengths;
    this.maxTokens = maxTokens;
  }

  @Override
  public Prompt prompt(long number) {
    Lengths.Length length = lengths.of(number);
    return new Prompt(
        length.requestClass(),
        List.of(),
        Math.max(1, length.inputTokens()),
        Math.min(length.outputTokens(), maxTokens));
  }
}
