package dev.candor.mock.answer;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.prompt.WordTokenizer;
import dev.candor.protocol.serve.Finish;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.PieceKind;
import dev.candor.protocol.serve.PromptPart;
import dev.candor.protocol.serve.ToolArguments;
import dev.candor.protocol.serve.ToolDefinition;
import dev.candor.scenario.MockSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Plans answers: the same number has the same plan, whatever else is served. Thread-safe. */
public final class AnswerPlans {
  private static final int DEFAULT_LENGTH = 256;
  private static final int ARGUMENT_CHARACTERS = 4;

  /** One token whatever stands beside it: "you" and "how" would join. */
  private static final String BETWEEN_ECHOES = ".";

  private final MockSettings.Answers settings;
  private final Seed seed;

  public AnswerPlans(MockSettings.Answers settings, Seed seed) {
    this.settings = settings;
    this.seed = seed;
  }

  /**
   * @param room tokens that the context leaves for an answer, at least 1
   */
  public AnswerPlan plan(long number, GenerationRequest request, int room) {
    RandomGenerator random = seed.derive(number).stream();
    long wordsSeed = random.nextLong();
    Distribution lengths = settings.outputTokens();
    boolean unlimited = request.maxTokens() == 0;
    int limit = Math.min(room, unlimited ? GenerationRequest.LONGEST_ANSWER : request.maxTokens());
    // Both are drawn in any case, so that neither an exact length nor a tool changes later draws.
    long drawn =
        lengths == null
            ? unlimited ? DEFAULT_LENGTH : limit
            : Math.max(1, Math.round(lengths.sample(random)));
    boolean calls = random.nextDouble() < settings.toolCallShare();
    int asked = request.reasoningTokens();
    int reasoning = Math.max(settings.reasoningTokens(), asked);
    ToolDefinition tool = request.tool();
    if (tool != null && (request.toolForced() || calls)) {
      return toolCall(tool, wordsSeed, reasoning, limit, random);
    }
    boolean exact = request.ignoreEos() && !unlimited;
    int tokens = exact ? limit : (int) Math.min(limit, drawn + asked);
    return new AnswerPlan(
        tokens,
        Math.min(reasoning, tokens - 1),
        wordsSeed,
        settings.text() == MockSettings.AnswerText.ECHO
            ? echo(request.prompt(), tokens)
            : List.of(),
        PieceKind.TEXT,
        tokens < limit ? Finish.STOP : Finish.LENGTH);
  }

  private static AnswerPlan toolCall(
      ToolDefinition tool, long wordsSeed, int reasoning, int limit, RandomGenerator random) {
    List<String> pieces = pieces(ToolArguments.from(tool.parametersSchema(), random));
    int thought = Math.min(reasoning, limit - 1);
    int tokens = Math.min(limit, thought + pieces.size());
    return new AnswerPlan(
        tokens,
        thought,
        wordsSeed,
        pieces,
        PieceKind.TOOL_ARGUMENTS,
        tokens < thought + pieces.size() ? Finish.LENGTH : Finish.TOOL_CALLS);
  }

  private static List<String> pieces(String json) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < json.length(); ) {
      int end = Math.min(json.length(), at + ARGUMENT_CHARACTERS);
      if (end < json.length() && Character.isLowSurrogate(json.charAt(end))) {
        end++;
      }
      pieces.add(json.substring(at, end));
      at = end;
    }
    return pieces;
  }

  private static List<String> echo(List<PromptPart> prompt, int most) {
    for (PromptPart part : prompt.reversed()) {
      if (!part.text().isEmpty()) {
        List<String> tokens = WordTokenizer.split(part.text(), most);
        tokens.add(BETWEEN_ECHOES);
        return tokens;
      }
    }
    return List.of();
  }
}
