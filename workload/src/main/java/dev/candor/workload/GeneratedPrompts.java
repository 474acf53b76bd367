package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.workload.token.Tokenizer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One user message of generated words, as long as the lengths say. */
final class GeneratedPrompts implements PromptSource {
  private static final int BLOCKS_KEPT = 20_000;

  private final Lengths lengths;
  private final Tokenizer tokenizer;
  private final GeneratedText words;
  private final Salt salt;
  private final Seed seed;
  private final int maxTokens;
  private final ConcurrentMap<Long, String> blocks = new ConcurrentHashMap<>();
  private volatile int templateTokens;

  GeneratedPrompts(Lengths lengths, Tokenizer tokenizer, Salt salt, Seed seed, int maxTokens) {
    this.lengths = lengths;
    this.tokenizer = tokenizer;
    this.words = new GeneratedText(tokenizer);
    this.salt = salt;
    this.seed = seed;
    this.maxTokens = maxTokens;
  }

  void subtractTemplateTokens(int tokens) {
    templateTokens = tokens;
  }

  @Override
  public Prompt prompt(long number) {
    Lengths.Length length = lengths.of(number);
    int template = templateTokens;
    int tokens = Math.max(1, length.inputTokens() - template);
    StringBuilder prefix = new StringBuilder(salt.fitting(tokens, tokenizer));
    // The last block is the request's own rest, unless the prompt ends with it exactly.
    long[] shared = length.prefixBlocks();
    int whole =
        Math.min(shared.length, Math.max(0, tokens - salt.tokens()) / Lengths.Length.BLOCK_TOKENS);
    for (int i = 0; i < whole; i++) {
      prefix.append(block(shared[i]));
    }
    String text =
        words.text(prefix.toString(), tokens, seed.derive("text").derive(number).stream());
    return new Prompt(
        length.requestClass(),
        List.of(new Prompt.Message("user", text)),
        tokenizer.count(text) + template,
        Math.min(length.outputTokens(), maxTokens));
  }

  private String block(long id) {
    String known = blocks.get(id);
    if (known != null) {
      return known;
    }
    String made =
        " " + words.text("", Lengths.Length.BLOCK_TOKENS, seed.derive("block").derive(id).stream());
    if (blocks.size() < BLOCKS_KEPT) {
      blocks.put(id, made);
    }
    return made;
  }
}
