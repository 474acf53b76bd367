package dev.candor.protocol.serve;

/**
 * Reads requests for OpenAI's responses. What an earlier response held ({@code
 * previous_response_id}) is unknown here and not part of the prompt. <b>For one thread, and one
 * request.</b>
 */
final class ResponsesReader {
  private final RequestDraft draft = new RequestDraft(new RequestTools("function"));
  private boolean hasInput;

  private ResponsesReader() {}

  static GenerationRequest read(byte[] bytes) {
    ResponsesReader reader = new ResponsesReader();
    reader.draft.includeUsage = true;
    RequestBody.read(bytes, reader::field);
    if (!reader.hasInput) {
      throw new InvalidRequestException("input", "'input' must be a string or an array of items");
    }
    return reader.draft.request();
  }

  private void field(RequestBody body, String name) {
    switch (name) {
      case "input" -> input(body);
      case "instructions" -> MessageText.read(body, draft.instructions, "system");
      case "max_output_tokens" -> draft.takeMaxTokens(body);
      case "reasoning" ->
          body.object(
              inner -> {
                if (inner.equals("effort")) {
                  draft.reasoningTokens = ReasoningEffort.tokens(body);
                }
              });
      default -> draft.take(body, name);
    }
  }

  private void input(RequestBody body) {
    hasInput = body.isText() || body.isArray();
    if (body.isArray()) {
      body.array(() -> item(body));
    } else {
      MessageText.read(body, draft.conversation, "user");
      draft.userSpokeLast = true;
    }
  }

  private void item(RequestBody body) {
    Item item = new Item();
    body.object(name -> item.read(body, name));
    String role = item.promptRole(body);
    if (!role.isEmpty()) {
      item.text.moveTo(draft.conversation, role);
      draft.userSpokeLast = role.equals("user");
    }
  }

  private static final class Item {
    private final MessageText text = new MessageText();
    private String type = "message";
    private String role = "";

    void read(RequestBody body, String name) {
      switch (name) {
        case "type" -> type = body.text();
        case "role" -> role = role(body);
        case "content", "output" -> {
          if (!body.isObject()) {
            text.addContent(body);
          }
        }
        case "name", "arguments" -> {
          if (body.isText()) {
            text.add(body.text());
          }
        }
        default -> {}
      }
    }

    private static String role(RequestBody body) {
      return switch (body.text()) {
        case "user" -> "user";
        case "assistant" -> "assistant";
        case "system", "developer" -> "system";
        default -> throw body.wrong("system, developer, user or assistant");
      };
    }

    /** Empty for items that a model does not read: its reasoning of earlier turns, references. */
    String promptRole(RequestBody body) {
      return switch (type) {
        case "", "message" -> {
          if (role.isEmpty()) {
            throw body.missing("role");
          }
          yield role;
        }
        case "function_call", "custom_tool_call" -> "assistant";
        case "function_call_output", "custom_tool_call_output" -> "tool";
        default -> "";
      };
    }
  }
}
