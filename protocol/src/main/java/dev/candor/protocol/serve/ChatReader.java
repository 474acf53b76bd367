package dev.candor.protocol.serve;

/** Reads OpenAI chat completion requests. <b>For one thread, and one request.</b> */
final class ChatReader {
  private final RequestDraft draft = new RequestDraft(new RequestTools("function"));
  private boolean hasMessages;

  private ChatReader() {}

  static GenerationRequest read(byte[] bytes) {
    ChatReader reader = new ChatReader();
    RequestBody.read(bytes, reader::field);
    if (!reader.hasMessages) {
      throw new InvalidRequestException("messages", "'messages' must be an array");
    }
    return reader.draft.request();
  }

  private void field(RequestBody body, String name) {
    switch (name) {
      case "messages" -> {
        hasMessages = body.isArray();
        body.array(() -> message(body));
      }
      case "max_tokens", "max_completion_tokens" -> draft.takeMaxTokens(body);
      case "n" -> RequestDraft.takeChoices(body);
      case "stream_options" -> draft.takeStreamOptions(body);
      case "reasoning_effort" -> draft.reasoningTokens = ReasoningEffort.tokens(body);
      default -> draft.take(body, name);
    }
  }

  private void message(RequestBody body) {
    Message message = new Message();
    body.object(name -> message.read(body, name));
    if (message.role.isEmpty()) {
      throw body.missing("role");
    }
    message.text.moveTo(draft.conversation, message.role);
    draft.userSpokeLast = message.role.equals("user");
  }

  private static final class Message {
    private final MessageText text = new MessageText();
    private String role = "";

    void read(RequestBody body, String name) {
      switch (name) {
        case "role" -> role = role(body);
        case "content" -> text.addContent(body);
        case "refusal" -> text.add(body.text());
        case "tool_calls" -> body.array(() -> body.object(call -> call(body, call)));
        default -> {}
      }
    }

    private void call(RequestBody body, String name) {
      switch (name) {
        case "function" -> body.object(inner -> call(body, inner));
        case "name", "arguments" -> text.add(body.text());
        default -> {}
      }
    }

    private static String role(RequestBody body) {
      return switch (body.text()) {
        case "user" -> "user";
        case "assistant" -> "assistant";
        case "system", "developer" -> "system";
        case "tool", "function" -> "tool";
        default -> throw body.wrong("system, developer, user, assistant or tool");
      };
    }
  }
}
