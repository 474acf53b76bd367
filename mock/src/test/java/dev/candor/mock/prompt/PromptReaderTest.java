package dev.candor.mock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.mock.answer.AnswerPlan;
import dev.candor.mock.answer.AnswerPlans;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.PromptPart;
import dev.candor.scenario.MockSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PromptReaderTest {
  private static final int BLOCK = 4;
  private static final List<PromptPart> PROMPT =
      List.of(
          new PromptPart("system", "You are a careful assistant, and you answer in few words."),
          new PromptPart("user", "Where is the nearest café?"));

  private final PromptReader reader = new PromptReader(PromptTokenizer.words());

  @Test
  void count_isWhatReadFinds() {
    List<PromptPart> mixed =
        List.of(
            PROMPT.getFirst(), new PromptPart("user", "", 0), new PromptPart("user", "1 2 3", 3));
    assertThat(reader.read(PROMPT, BLOCK).tokens()).isEqualTo(reader.count(PROMPT)).isPositive();
    assertThat(reader.read(mixed, 0).tokens())
        .isEqualTo(reader.count(mixed))
        .isEqualTo(reader.count(List.of(PROMPT.getFirst())) + 3);
  }

  @Test
  void read_tokenIds_areTheTokens() {
    BlockHashes chain = new BlockHashes(2);
    chain.speaker("user");
    chain.add(new int[] {11, 12, 13, 14});
    assertThat(reader.read(List.of(new PromptPart("user", "11 12 13 14", 4)), 2).hashes())
        .containsExactly(chain.hashes());
  }

  /** What a chat's next turn finds in the cache: all that was said, the answer too. */
  @ParameterizedTest
  @EnumSource
  void continueWith_theAnswerSentBack_hashesEqual(MockSettings.AnswerText text) {
    AnswerPlan plan = plan(text, PROMPT, 30);
    BlockHashes chain = reader.read(PROMPT, BLOCK);
    int promptTokens = chain.tokens();
    reader.continueWith(chain, plan);
    assertThat(chain.tokens()).isEqualTo(promptTokens + 30);

    List<PromptPart> next =
        List.of(
            PROMPT.get(0),
            PROMPT.get(1),
            new PromptPart("assistant", plan.text().next(plan.tokens())),
            new PromptPart("user", "And the next nearest?"));
    long[] known = chain.hashes();
    assertThat(known).hasSize((promptTokens + 30) / BLOCK);
    assertThat(Arrays.copyOf(reader.read(next, BLOCK).hashes(), known.length))
        .containsExactly(known);
  }

  /** Exact counts: what is said in n tokens is counted as n. */
  @ParameterizedTest
  @EnumSource
  void count_ofAnAnswer_isItsTokens(MockSettings.AnswerText text) {
    for (int tokens : new int[] {1, 5, 6, 7, 50, 1000}) {
      for (String asked : List.of("how are you", " x ", "\n", "日本", "a.b", "why?\n\n")) {
        AnswerPlan plan = plan(text, List.of(new PromptPart("user", asked)), tokens);
        String answer = plan.text().next(tokens);
        assertThat(reader.count(List.of(new PromptPart("assistant", answer))))
            .as("'%s'", answer)
            .isEqualTo(tokens);
      }
    }
  }

  private static AnswerPlan plan(
      MockSettings.AnswerText text, List<PromptPart> prompt, int maxTokens) {
    return new AnswerPlans(MockSettings.DEFAULT.withText(text).answers(), new Seed(1))
        .plan(
            1,
            new GenerationRequest("m", prompt, maxTokens, true, true, false, false, null, false, 0),
            1_000_000);
  }
}
