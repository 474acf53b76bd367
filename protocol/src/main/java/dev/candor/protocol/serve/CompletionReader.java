package dev.candor.protocol.serve;

import java.util.List;

/**
 * Reads OpenAI's older completion requests, which vLLM's benchmarks send. <b>For one thread, and
 * one request.</b>
 */
final class CompletionReader {
  private final RequestDraft draft = new RequestDraft(new RequestTools("function"));

  private CompletionReader() {}

  static GenerationRequest read(byte[] bytes) {
    CompletionReader reader = new CompletionReader();
    RequestBody.read(bytes, reader::field);
    if (reader.draft.conversation.isEmpty()) {
      throw new InvalidRequestException(
          "prompt", "'prompt' must be a string, token ids, or an array of one of these");
    }
    return reader.draft.request();
  }

  private void field(RequestBody body, String name) {
    switch (name) {
      case "prompt" -> prompt(body);
      case "max_tokens" -> draft.takeMaxTokens(body);
      case "n", "best_of" -> RequestDraft.takeChoices(body);
      case "stream_options" -> draft.takeStreamOptions(body);
      case "echo" -> draft.echo = body.flag();
      case "tools", "tool_choice" -> {}
      default -> draft.take(body, name);
    }
  }

  private void prompt(RequestBody body) {
    List<PromptPart> prompts = TextInputs.read(body);
    if (prompts.size() > 1) {
      throw new InvalidRequestException(
          "prompt",
          "'prompt': found %s prompts, must be one: one answer a request is all there is here"
              .formatted(prompts.size()));
    }
    draft.conversation.addAll(prompts);
  }
}
