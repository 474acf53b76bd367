package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.Distribution.Constant;
import dev.candor.base.stats.Distribution.Uniform;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a cache finds of prompts that were made for a hit rate. */
final class MixedPromptsTest {
  private static final int PROMPTS = 1000;
  private static final Workload.Source MIX =
      new Workload.Synthetic(
          List.of(
              new RequestClass("short", 60, new Uniform(100, 300), new Constant(20)),
              new RequestClass("long", 40, new Uniform(400, 1200), new Constant(20))));
  private static final Workload.Source TRACE =
      new Workload.Trace(
          Path.of("..", "examples", "traces", "mooncake_conversation_200.jsonl"),
          Workload.TraceFormat.MOONCAKE,
          40,
          8000);

  private static OpenedSource open(Workload.Source source, double hitRate, int block, long nonce) {
    return open(source, hitRate, block, nonce, 5);
  }

  private static OpenedSource open(
      Workload.Source source, double hitRate, int block, long nonce, long seed) {
    Workload workload =
        new Workload(source, "o200k_base", null, SaltScope.RUN, false, List.of())
            .withCache(new CachePlan(new CachePlan.Mixed(hitRate, block), 0.05, null));
    return PromptSources.open(workload, Mixes.TOKENIZER, new Seed(seed), nonce);
  }

  private static Workload.Source constant(int tokens) {
    Distribution length = new Constant(tokens);
    return new Workload.Synthetic(List.of(new RequestClass("one", 1, length, length)));
  }

  private static List<Prompt> prompts(OpenedSource opened, int count) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(opened.source().session(i).first().prompt());
    }
    return prompts;
  }

  private static List<Prompt> primers(OpenedSource opened) {
    return opened.primers().get().prompts();
  }

  /** The share found of {@code count} prompts, once the primers were sent. */
  private static double found(OpenedSource opened, int block, int count) {
    BlockCache cache = new BlockCache(block);
    primers(opened).forEach(cache::find);
    long found = 0;
    long all = 0;
    for (Prompt prompt : prompts(opened, count)) {
      found += cache.find(prompt);
      all += Mixes.tokens(prompt);
    }
    return (double) found / all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.6, 0.9})
  void found_isWhatWasAsked_withinAPoint(double hitRate) {
    assertThat(found(open(MIX, hitRate, 16, 1), 16, PROMPTS)).isCloseTo(hitRate, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"1,0.6", "32,0.6", "64,0.3", "128,0.6"})
  void found_otherBlocks_isWhatWasAsked(int block, double hitRate) {
    assertThat(found(open(constant(900), hitRate, block, 1), block, PROMPTS))
        .isCloseTo(hitRate, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.9})
  void found_ofATrace_isWhatWasAsked_whateverItsOwnBlocks(double hitRate) {
    OpenedSource opened = open(TRACE, hitRate, 16, 1);
    assertThat(found(opened, 16, 40)).isCloseTo(hitRate, within(0.01));
  }

  @Test
  void prompts_haveExactlyTheTokensAskedFor() {
    for (double hitRate : new double[] {0, 0.3, 0.9}) {
      for (int tokens : new int[] {1, 2, 5, 15, 16, 17, 33, 100, 1000}) {
        for (Prompt prompt : prompts(open(constant(tokens), hitRate, 16, 1), 20)) {
          assertThat(prompt.inputTokens()).isEqualTo(tokens);
          assertThat(Mixes.tokens(prompt)).as("%s, %d", hitRate, tokens).isEqualTo(tokens);
          assertThat(prompt.maxTokens()).isEqualTo(tokens);
        }
      }
    }
  }

  @Test
  void nothingAsked_sharesNotEvenABlock_andPrimesNothing() {
    OpenedSource opened = open(MIX, 0, 16, 1);
    assertThat(primers(opened)).isEmpty();
    assertThat(found(opened, 16, PROMPTS)).isZero();
    // The salt, which is shorter than a server's blocks, tells them apart.
    assertThat(found(opened, 8, PROMPTS)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 0.9})
  void anotherRun_findsNothing(double hitRate) {
    BlockCache cache = new BlockCache(16);
    OpenedSource first = open(MIX, hitRate, 16, 1);
    primers(first).forEach(cache::find);
    prompts(first, 200).forEach(cache::find);
    OpenedSource second = open(MIX, hitRate, 16, 2);
    primers(second)
        .forEach(primer -> assertThat(cache.find(primer)).as("the second's primer").isZero());
    OpenedSource third = open(MIX, hitRate, 16, 3);
    BlockCache unprimed = new BlockCache(16);
    prompts(first, 200).forEach(unprimed::find);
    assertThat(unprimed.find(prompts(third, 1).getFirst())).isZero();
  }

  @Test
  void seedAndNonce_giveThePrompts() {
    List<Prompt> once = prompts(open(MIX, 0.6, 16, 1), 50);
    assertThat(prompts(open(MIX, 0.6, 16, 1), 50)).isEqualTo(once);
    assertThat(prompts(open(MIX, 0.6, 16, 2), 50)).doesNotContainAnyElementsOf(once);
    assertThat(prompts(open(MIX, 0.6, 16, 1, 6), 50)).doesNotContainAnyElementsOf(once);
    OpenedSource backwards = open(MIX, 0.6, 16, 1);
    assertThat(backwards.source().session(49).first().prompt()).isEqualTo(once.get(49));
  }

  @Test
  void shortPrompts_areLikeNoOther_untilABlockFits() {
    // A block's last token is computed where it is the prompt's: 16 tokens have nothing to share.
    for (int tokens : new int[] {1, 8, 16}) {
      assertThat(found(open(constant(tokens), 0.9, 16, 1), 16, 300)).isZero();
    }
    assertThat(prompts(open(constant(16), 0.9, 16, 1), 300)).doesNotHaveDuplicates();
    assertThat(found(open(constant(17), 0.9, 16, 1), 16, 2000)).isCloseTo(0.9, within(0.02));
    // One block of 33 tokens is 48 %, two are 97 %: neither is 60 %, their mean is.
    assertThat(found(open(constant(33), 0.6, 16, 1), 16, 2000)).isCloseTo(0.6, within(0.02));
  }

  @Test
  void primer_isOne_ofTheLongestBeginning() {
    Prompt primer = primers(open(constant(1000), 0.6, 16, 1)).getFirst();
    assertThat(primers(open(constant(1000), 0.6, 16, 1))).hasSize(1);
    assertThat(primer.maxTokens()).isEqualTo(1);
    assertThat(primer.inputTokens()).isEqualTo(616).isEqualTo(Mixes.tokens(primer));
  }

  @Test
  void template_shortensThePrompt_notTheShare() {
    OpenedSource opened = open(constant(500), 0.6, 16, 1);
    opened.subtractTemplateTokens(12);
    BlockCache cache = new BlockCache(16);
    long found = 0;
    List<Prompt> prompts = new ArrayList<>(primers(opened));
    prompts.addAll(prompts(opened, PROMPTS));
    for (Prompt prompt : prompts) {
      // A server whose template stands ahead of the message: 12 tokens that are always the same.
      List<Prompt.Message> served =
          List.of(new Prompt.Message("system", " time".repeat(12)), prompt.messages().getFirst());
      found += cache.find(new Prompt("served", served, 0, 1));
      assertThat(prompt.requestClass().equals("primer") || prompt.inputTokens() == 500).isTrue();
    }
    assertThat(found / (500.0 * PROMPTS)).isCloseTo(0.6, within(0.01));
  }
}
