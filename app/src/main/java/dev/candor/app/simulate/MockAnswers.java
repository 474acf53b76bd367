package dev.candor.app.simulate;

import dev.candor.base.random.Seed;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.simulated.Answering;
import dev.candor.load.transport.simulated.SimulatedAnswer;
import dev.candor.mock.answer.AnswerPlan;
import dev.candor.mock.answer.AnswerPlans;
import dev.candor.mock.answer.AnswerText;
import dev.candor.mock.prompt.BlockHashes;
import dev.candor.mock.prompt.PromptReader;
import dev.candor.mock.prompt.PromptTokenizer;
import dev.candor.mock.times.ServedProfile;
import dev.candor.protocol.serve.Finish;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.PromptPart;
import dev.candor.scenario.Api;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Target;
import dev.candor.workload.Prompt;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The mock's answers: of the length, the words and the end that it would give a request of the same
 * number, and with the hashes by which its engines find prefixes. <b>For one thread.</b>
 */
final class MockAnswers implements Answering {
  private final AnswerPlans plans;
  private final PromptReader reader;
  private final Target target;
  private final int blockSize;
  private final boolean echo;

  /**
   * @param seed the mock's
   * @param tokenizer cuts prompts and answers
   * @param blockSize of the engines' prefix cache, 0: there is none
   */
  MockAnswers(
      MockSettings settings, Seed seed, PromptTokenizer tokenizer, Target target, int blockSize) {
    this.plans = new AnswerPlans(ServedProfile.answers(settings), seed);
    this.reader = new PromptReader(tokenizer);
    this.target = target;
    this.blockSize = blockSize;
    this.echo = settings.answers().text() == MockSettings.AnswerText.ECHO;
  }

  @Override
  public int promptTokens(PreparedRequest request) {
    return Math.max(1, request.inputTokens());
  }

  @Override
  public SimulatedAnswer answer(PreparedRequest request, long number, int room) {
    List<PromptPart> prompt = parts(request.prompt());
    AnswerPlan plan = plans.plan(number, generation(request, prompt), room);
    return new SimulatedAnswer(
        plan.tokens(),
        plan.reasoningTokens(),
        finish(plan.finish()),
        hashes(request, prompt, plan),
        text(plan));
  }

  private static List<PromptPart> parts(@Nullable Prompt prompt) {
    return prompt == null
        ? List.of()
        : prompt.messages().stream()
            .map(message -> new PromptPart(message.role(), message.content()))
            .toList();
  }

  private GenerationRequest generation(PreparedRequest request, List<PromptPart> prompt) {
    return new GenerationRequest(
        "",
        echo ? prompt : List.of(),
        request.maxTokens(),
        target.streams(),
        true,
        target.ignoreEos(),
        false,
        null,
        false,
        0);
  }

  private long[] hashes(PreparedRequest request, List<PromptPart> prompt, AnswerPlan plan) {
    if (blockSize == 0 || prompt.isEmpty()) {
      return SimulatedAnswer.SHARED_WITH_NOBODY;
    }
    BlockHashes chain = reader.read(prompt, blockSize);
    int promptTokens = chain.tokens();
    reader.continueWith(chain, plan);
    long[] hashes = chain.hashes();
    // Where ours and the server's count of a prompt differ, the engine's blocks are ours.
    int blocks = (promptTokens(request) + plan.tokens()) / blockSize;
    return promptTokens == request.inputTokens() || hashes.length <= blocks
        ? hashes
        : java.util.Arrays.copyOf(hashes, blocks);
  }

  private static IntFunction<String> text(AnswerPlan plan) {
    return new IntFunction<>() {
      private @Nullable AnswerText text;

      @Override
      public String apply(int tokens) {
        if (text == null) {
          text = plan.text();
        }
        return text.next(tokens);
      }
    };
  }

  /** In the dialect's words. */
  private String finish(Finish finish) {
    boolean anthropic = target.api() == Api.ANTHROPIC_MESSAGES;
    boolean responses = target.api() == Api.OPENAI_RESPONSES;
    return switch (finish) {
      case STOP -> anthropic ? "end_turn" : responses ? "completed" : "stop";
      case LENGTH -> anthropic ? "max_tokens" : responses ? "incomplete" : "length";
      case TOOL_CALLS -> anthropic ? "tool_use" : responses ? "completed" : "tool_calls";
    };
  }
}
