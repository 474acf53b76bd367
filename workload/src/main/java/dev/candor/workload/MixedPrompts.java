package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.scenario.CachePlan;
import dev.candor.token.Tokenizer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Prompts of which a prefix cache has a given share of the tokens: each begins with so much of one
 * common text, the trunk, and goes on like no other.
 */
final class MixedPrompts implements PromptSource {
  /*
   * A cache finds whole blocks only. So each prompt has a whole number of them from the trunk: its
   * length times the hit rate, rounded up or down by a draw with the fraction as its chance, which
   * makes the share right over all tokens. Tokens that the server's template puts ahead shift the
   * blocks by less than one, and what is behind the last whole block is computed, as it would be
   * without them. The last token of a prompt is always computed.
   */
  private static final int LENGTHS_TRIED = 20_000;

  private final Lengths lengths;
  private final CachePlan.Mixed plan;
  private final Tokenizer tokenizer;
  private final GeneratedText words;
  private final SpelledWords spelled;
  private final Salts salts;
  private final Seed seed;
  private final int maxTokens;
  private final Salt salt;

  /** The trunk, and where in it each of its tokens from {@link #salt}'s on ends. */
  private final String trunk;

  private final int[] ends;
  private volatile int templateTokens;

  MixedPrompts(
      Lengths lengths,
      CachePlan.Mixed plan,
      Tokenizer tokenizer,
      Salts salts,
      Seed seed,
      int maxTokens) {
    this.lengths = lengths;
    this.plan = plan;
    this.tokenizer = tokenizer;
    this.words = new GeneratedText(tokenizer);
    this.spelled = new SpelledWords(words.words(), seed);
    this.salts = salts;
    this.seed = seed.derive("mixed");
    this.maxTokens = maxTokens;
    this.salt = salts.of(0, 0);
    int longest = 0;
    for (int i = 0; i < LENGTHS_TRIED; i++) {
      longest = Math.max(longest, lengths.of(i).inputTokens());
    }
    int trunkTokens = (int) Math.ceil(longest * plan.hitRate()) + plan.blockTokens();
    StringBuilder text = new StringBuilder(salt.text());
    Supplier<String> next = anyWords(seed.derive("trunk"));
    ends = new int[Math.max(1, trunkTokens - salt.tokens() + 1)];
    ends[0] = text.length();
    for (int i = 1; i < ends.length; i++) {
      ends[i] = text.append(next.get()).length();
    }
    trunk = text.toString();
  }

  private Supplier<String> anyWords(Seed from) {
    var random = from.stream();
    return () -> words.words().get(random.nextInt(words.words().size()));
  }

  void subtractTemplateTokens(int tokens) {
    templateTokens = tokens;
  }

  @Override
  public Prompt prompt(long number) {
    Lengths.Length length = lengths.of(number);
    int template = templateTokens;
    int tokens = Math.max(1, length.inputTokens() - template);
    int shared = sharedTokens(number, tokens, tokens + template);
    GeneratedText.Counted beginning =
        shared == 0
            ? unshared(number, tokens)
            : new GeneratedText.Counted(trunk.substring(0, ends[shared - salt.tokens()]), shared);
    GeneratedText.Counted text = words.text(beginning, tokens, spelled.of(number));
    return new Prompt(
        length.requestClass(),
        List.of(new Prompt.Message("user", text.text())),
        text.tokens() + template,
        Math.min(length.outputTokens(), maxTokens));
  }

  /** Tokens from the trunk: whole blocks, and none where the salt alone would be more than that. */
  private int sharedTokens(long number, int tokens, int counted) {
    double blocks = plan.hitRate() * counted / plan.blockTokens();
    int whole = (int) blocks;
    whole += seed.derive(number).stream().nextDouble() < blocks - whole ? 1 : 0;
    int most = Math.min(tokens - 1, salt.tokens() + ends.length - 1) / plan.blockTokens();
    int shared = Math.min(whole, most) * plan.blockTokens();
    return shared < salt.tokens() ? 0 : shared;
  }

  private GeneratedText.Counted unshared(long number, int tokens) {
    Salt own = salts.unique(number).fitting(tokens, tokenizer);
    return new GeneratedText.Counted(own.text(), own.tokens());
  }

  /** The trunk, which no prompt has more of. */
  Primers primers() {
    return plan.hitRate() == 0
        ? Primers.NONE
        : new Primers(
            List.of(
                new Prompt(
                    "primer",
                    List.of(new Prompt.Message("user", trunk)),
                    salt.tokens() + ends.length - 1,
                    1)),
            0);
  }
}
