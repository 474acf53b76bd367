package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** One user message of generated words, as long as the lengths say. */
final class GeneratedPrompts implements PromptSource {
  private final Lengths lengths;
  private final Tokenizer tokenizer;
  private final GeneratedText words;
  private final Salts salts;
  private final Seed seed;
  private final int maxTokens;
  private final BlockText blocks;
  private volatile int templateTokens;

  GeneratedPrompts(Lengths lengths, Tokenizer tokenizer, Salts salts, Seed seed, int maxTokens) {
    this.lengths = lengths;
    this.tokenizer = tokenizer;
    this.words = new GeneratedText(tokenizer);
    this.blocks = new BlockText(words, seed);
    this.salts = salts;
    this.seed = seed;
    this.maxTokens = maxTokens;
  }

  void subtractTemplateTokens(int tokens) {
    templateTokens = tokens;
  }

  @Override
  public Prompt prompt(long number) {
    return prompt(number, lengths.of(number));
  }

  /** Prompts of {@code shared} blocks and no more, for answers of one token. */
  List<Prompt> primers(List<Lengths.Length> shared) {
    List<Prompt> primers = new ArrayList<>();
    int others = salts.of(0, 0).tokens() + 1;
    for (Lengths.Length each : shared) {
      int tokens = each.inputTokens() + others + templateTokens;
      primers.add(
          prompt(
              -1L - primers.size(), new Lengths.Length("primer", tokens, 1, each.prefixBlocks())));
    }
    return primers;
  }

  private Prompt prompt(long number, Lengths.Length length) {
    int template = templateTokens;
    int tokens = Math.max(1, length.inputTokens() - template);
    Salt salt = salts.of(number, 0);
    Salt ahead = salt.fitting(tokens, tokenizer);
    StringBuilder prefix = new StringBuilder(ahead.text());
    int prefixTokens = ahead.tokens();
    // The last block is the request's own rest, unless the prompt ends with it exactly.
    long[] shared = length.prefixBlocks();
    int whole =
        Math.min(shared.length, Math.max(0, tokens - salt.tokens()) / Lengths.Length.BLOCK_TOKENS);
    for (int i = 0; i < whole; i++) {
      GeneratedText.Counted block = blocks.whole(shared[i], Lengths.Length.BLOCK_TOKENS);
      prefix.append(block.text());
      prefixTokens += block.tokens();
    }
    GeneratedText.Counted text =
        words.text(
            new GeneratedText.Counted(prefix.toString(), prefixTokens),
            tokens,
            seed.derive("text").derive(number).stream());
    return new Prompt(
        length.requestClass(),
        List.of(new Prompt.Message("user", text.text())),
        text.tokens() + template,
        Math.min(length.outputTokens(), maxTokens));
  }
}
