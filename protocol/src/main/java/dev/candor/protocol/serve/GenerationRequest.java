package dev.candor.protocol.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for generated text in any dialect, as far as a mock must know it.
 *
 * @param model as named by the client, empty where it names none
 * @param prompt every text that reaches the model: tool definitions first, then instructions, then
 *     the conversation in its order
 * @param maxTokens the limit of the answer in tokens, 0 where none is given
 * @param includeUsage whether a stream is to end with its usage; true in dialects that always do
 * @param echo whether the answer begins with its prompt
 * @param tool the tool that this answer calls, or null
 * @param toolForced whether the request leaves no choice but to call it
 * @param reasoningTokens how many tokens of reasoning the request asks for, 0 for none
 * @param cachesPrompt whether it asks for its prompt to be written into the cache
 */
public record GenerationRequest(
    String model,
    List<PromptPart> prompt,
    int maxTokens,
    boolean stream,
    boolean includeUsage,
    boolean ignoreEos,
    boolean echo,
    @Nullable ToolDefinition tool,
    boolean toolForced,
    int reasoningTokens,
    boolean cachesPrompt) {
  /** More tokens than any model answers with; a server would allocate for them. */
  public static final int LONGEST_ANSWER = 1_000_000;

  public GenerationRequest {
    prompt = List.copyOf(prompt);
  }

  /** One that asks for nothing of the cache. */
  public GenerationRequest(
      String model,
      List<PromptPart> prompt,
      int maxTokens,
      boolean stream,
      boolean includeUsage,
      boolean ignoreEos,
      boolean echo,
      @Nullable ToolDefinition tool,
      boolean toolForced,
      int reasoningTokens) {
    this(
        model,
        prompt,
        maxTokens,
        stream,
        includeUsage,
        ignoreEos,
        echo,
        tool,
        toolForced,
        reasoningTokens,
        false);
  }

  /** The same without its texts, which may be megabytes. */
  public GenerationRequest withoutPrompt() {
    return new GenerationRequest(
        model,
        List.of(),
        maxTokens,
        stream,
        includeUsage,
        ignoreEos,
        echo,
        tool,
        toolForced,
        reasoningTokens,
        cachesPrompt);
  }
}
