package dev.candor.mock.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.protocol.serve.Finish;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.PieceKind;
import dev.candor.protocol.serve.PromptPart;
import dev.candor.protocol.serve.ToolDefinition;
import dev.candor.scenario.MockSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AnswerPlansTest {
  private static final int ROOM = 100_000;
  private static final ToolDefinition WEATHER =
      new ToolDefinition(
          "weather",
          "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\"}}}");
  private static final MockSettings.Answers AS_ASKED = MockSettings.Answers.DEFAULT;

  /** A request to vary. */
  private record Ask(
      int maxTokens,
      boolean ignoreEos,
      @Nullable ToolDefinition tool,
      boolean forced,
      int thinking) {
    static final Ask OPEN = new Ask(0, false, null, false, 0);

    Ask most(int tokens) {
      return new Ask(tokens, ignoreEos, tool, forced, thinking);
    }

    Ask exactly(int tokens) {
      return new Ask(tokens, true, tool, forced, thinking);
    }

    Ask calling(ToolDefinition other, boolean must) {
      return new Ask(maxTokens, ignoreEos, other, must, thinking);
    }

    Ask thinking(int tokens) {
      return new Ask(maxTokens, ignoreEos, tool, forced, tokens);
    }

    GenerationRequest request() {
      return new GenerationRequest(
          "m",
          List.of(new PromptPart("system", "be brief"), new PromptPart("user", "how are you")),
          maxTokens,
          true,
          true,
          ignoreEos,
          false,
          tool,
          forced,
          thinking);
    }
  }

  private static AnswerPlans plans(MockSettings.Answers answers) {
    return new AnswerPlans(answers, new Seed(5));
  }

  private static MockSettings.Answers ofLength(double tokens) {
    return MockSettings.DEFAULT.withOutputTokens(new Distribution.Constant(tokens)).answers();
  }

  private static void assertLength(AnswerPlan plan, int tokens, Finish finish) {
    assertThat(plan.tokens()).isEqualTo(tokens);
    assertThat(plan.finish()).isEqualTo(finish);
  }

  @Test
  void length_isDrawn_andCutAtTheLimit() {
    AnswerPlans plans = plans(ofLength(40));
    assertLength(plans.plan(1, Ask.OPEN.request(), ROOM), 40, Finish.STOP);
    assertLength(plans.plan(1, Ask.OPEN.most(41).request(), ROOM), 40, Finish.STOP);
    assertLength(plans.plan(1, Ask.OPEN.most(40).request(), ROOM), 40, Finish.LENGTH);
    assertLength(plans.plan(1, Ask.OPEN.most(7).request(), ROOM), 7, Finish.LENGTH);
    assertLength(plans.plan(1, Ask.OPEN.exactly(90).request(), ROOM), 90, Finish.LENGTH);
    assertLength(plans.plan(1, Ask.OPEN.request(), 12), 12, Finish.LENGTH);
    assertLength(plans(ofLength(0.2)).plan(1, Ask.OPEN.request(), ROOM), 1, Finish.STOP);
  }

  @Test
  void length_withoutADistribution_isWhatTheRequestAllows() {
    AnswerPlans plans = plans(AS_ASKED);
    assertLength(plans.plan(1, Ask.OPEN.request(), ROOM), 256, Finish.STOP);
    assertLength(plans.plan(1, Ask.OPEN.most(9).request(), ROOM), 9, Finish.LENGTH);
    assertLength(plans.plan(1, Ask.OPEN.request(), 100), 100, Finish.LENGTH);
    assertLength(plans.plan(1, Ask.OPEN.request(), Integer.MAX_VALUE), 256, Finish.STOP);
  }

  @Test
  void reasoning_comesFirst_andLeavesTheAnswerAToken() {
    AnswerPlan plan = plans(AS_ASKED).plan(1, Ask.OPEN.most(20).thinking(6).request(), ROOM);
    assertThat(plan.reasoningTokens()).isEqualTo(6);
    assertThat(plan.kind(5)).isEqualTo(PieceKind.REASONING);
    assertThat(plan.kind(6)).isEqualTo(PieceKind.TEXT);
    assertThat(plans(AS_ASKED).plan(1, Ask.OPEN.most(4).thinking(6).request(), ROOM))
        .returns(3, AnswerPlan::reasoningTokens)
        .returns(4, AnswerPlan::tokens);
    // What is asked for is on top of the answer's own length.
    assertLength(
        plans(ofLength(40)).plan(1, Ask.OPEN.thinking(6).request(), ROOM), 46, Finish.STOP);
  }

  @Test
  void tool_isCalledWithArgumentsOfItsSchema() {
    AnswerPlan plan = plans(AS_ASKED).plan(1, Ask.OPEN.calling(WEATHER, true).request(), ROOM);
    assertThat(plan.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(plan.kind()).isEqualTo(PieceKind.TOOL_ARGUMENTS);
    JsonNode arguments = JsonMapper.shared().readTree(plan.text().next(plan.tokens()));
    assertThat(arguments.path("city").isString()).isTrue();
    assertThat(arguments.path("days").isIntegralNumber()).isTrue();
  }

  @Test
  void tool_cutOffByTheLimit_saysLength() {
    AnswerPlan plan =
        plans(AS_ASKED).plan(1, Ask.OPEN.most(2).calling(WEATHER, true).request(), ROOM);
    assertLength(plan, 2, Finish.LENGTH);
    assertThat(plan.kind()).isEqualTo(PieceKind.TOOL_ARGUMENTS);
  }

  @Test
  void tool_thatMayBeCalled_isCalledInItsShare() {
    MockSettings.Answers half =
        new MockSettings.Answers(null, 1, 0, 0.5, MockSettings.AnswerText.WORDS);
    AnswerPlans plans = plans(half);
    long calls = 0;
    for (long number = 0; number < 1_000; number++) {
      AnswerPlan plan = plans.plan(number, Ask.OPEN.calling(WEATHER, false).request(), ROOM);
      calls += plan.kind() == PieceKind.TOOL_ARGUMENTS ? 1 : 0;
      assertThat(plans.plan(number, Ask.OPEN.calling(WEATHER, true).request(), ROOM).kind())
          .isEqualTo(PieceKind.TOOL_ARGUMENTS);
      assertThat(plans.plan(number, Ask.OPEN.request(), ROOM).kind()).isEqualTo(PieceKind.TEXT);
    }
    // Five standard deviations of a fair coin.
    assertThat(calls).isBetween(420L, 580L);
  }

  @Test
  void plan_sameNumber_isTheSame_othersDiffer() {
    MockSettings.Answers varied =
        MockSettings.DEFAULT.withOutputTokens(new Distribution.Uniform(5, 5_000)).answers();
    Set<Integer> lengths = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (long number = 0; number < 100; number++) {
      AnswerPlan plan = plans(varied).plan(number, Ask.OPEN.request(), ROOM);
      assertThat(plans(varied).plan(number, Ask.OPEN.request(), ROOM)).isEqualTo(plan);
      lengths.add(plan.tokens());
      texts.add(plan.text().next(30));
      assertThat(plan.text().next(30)).isEqualTo(plan.text().next(30));
    }
    assertThat(lengths).hasSizeGreaterThan(90);
    assertThat(texts).hasSize(100);
  }

  /** Neither an exact length nor a tool changes what else is drawn. */
  @Test
  void plan_otherWishes_leaveTheWordsAsTheyAre() {
    AnswerPlans plans = plans(ofLength(40));
    String words = plans.plan(3, Ask.OPEN.request(), ROOM).text().next(20);
    assertThat(plans.plan(3, Ask.OPEN.exactly(90).request(), ROOM).text().next(20))
        .isEqualTo(words);
    assertThat(plans.plan(3, Ask.OPEN.thinking(20).request(), ROOM).text().next(20))
        .isEqualTo(words);
  }

  @Test
  void echo_isTheLastMessage_overAndOver() {
    AnswerPlans plans =
        plans(MockSettings.DEFAULT.withText(MockSettings.AnswerText.ECHO).answers());
    assertThat(plans.plan(1, Ask.OPEN.most(2).request(), ROOM).text().next(2)).isEqualTo("how are");
    AnswerPlan plan = plans.plan(1, Ask.OPEN.most(9).request(), ROOM);
    assertThat(plan.text().next(9)).isEqualTo("how are you.how are you.how");
    AnswerPlan thought = plans.plan(1, Ask.OPEN.most(6).thinking(3).request(), ROOM);
    AnswerText text = thought.text();
    text.next(3);
    assertThat(text.next(3)).isEqualTo("how are you");
  }
}
