package dev.candor.protocol.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads Anthropic messages requests. <b>For one thread, and one request.</b> */
final class MessagesReader {
  /** Of reasoning: as OpenAI's medium effort. */
  private static final int MOST_THINKING = 64;

  /**
   * Stands in a request as a key alone: within a text its quotes are escaped. Wherever it is, of
   * the request or of a block, what comes before is to be cached.
   */
  private static final byte[] CACHE_CONTROL =
      "\"cache_control\"".getBytes(StandardCharsets.US_ASCII);

  private final RequestDraft draft = new RequestDraft(new RequestTools("custom"));
  private boolean hasMessages;

  private MessagesReader() {}

  static GenerationRequest read(byte[] bytes) {
    MessagesReader reader = new MessagesReader();
    reader.draft.includeUsage = true;
    reader.draft.cachesPrompt = contains(bytes, CACHE_CONTROL);
    RequestBody.read(bytes, reader::field);
    if (!reader.hasMessages) {
      throw new InvalidRequestException("messages", "'messages' must be an array");
    }
    if (reader.draft.maxTokens() == 0) {
      throw new InvalidRequestException(
          "max_tokens", "'max_tokens' is missing; this dialect has no answer without a limit");
    }
    return reader.draft.request();
  }

  private static boolean contains(byte[] bytes, byte[] sought) {
    for (int at = 0; at + sought.length <= bytes.length; at++) {
      if (bytes[at] == sought[0]
          && Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return true;
      }
    }
    return false;
  }

  private void field(RequestBody body, String name) {
    switch (name) {
      case "messages" -> {
        hasMessages = body.isArray();
        body.array(() -> message(body));
      }
      case "system" -> MessageText.read(body, draft.instructions, "system");
      case "max_tokens" -> draft.takeMaxTokens(body);
      case "thinking" -> draft.reasoningTokens = thinking(body);
      default -> draft.take(body, name);
    }
  }

  private static int thinking(RequestBody body) {
    Thinking thinking = new Thinking();
    body.object(name -> thinking.read(body, name));
    return thinking.wanted ? thinking.budget : 0;
  }

  private static final class Thinking {
    private boolean wanted;
    private int budget = MOST_THINKING;

    void read(RequestBody body, String name) {
      switch (name) {
        case "type" ->
            wanted =
                switch (body.text()) {
                  case "enabled", "adaptive" -> true;
                  case "disabled" -> false;
                  default -> throw body.wrong("enabled, adaptive or disabled");
                };
        case "budget_tokens" ->
            budget =
                Math.min(
                    MOST_THINKING,
                    body.number(1, GenerationRequest.LONGEST_ANSWER, MOST_THINKING, " of tokens"));
        default -> {}
      }
    }
  }

  private void message(RequestBody body) {
    Message message = new Message();
    body.object(name -> message.read(body, name));
    if (message.role.isEmpty()) {
      throw body.missing("role");
    }
    for (PromptPart part : message.parts) {
      draft.conversation.add(
          part.role().isEmpty() ? new PromptPart(message.role, part.text()) : part);
    }
    draft.userSpokeLast = message.role.equals("user") && !message.hasToolResult;
  }

  /** Its parts have no role yet, where that is the message's. */
  private static final class Message {
    private final List<PromptPart> parts = new ArrayList<>();
    private String role = "";
    private boolean hasToolResult;

    void read(RequestBody body, String name) {
      switch (name) {
        case "role" -> role = role(body);
        case "content" -> {
          if (body.isArray()) {
            body.array(() -> block(body));
          } else {
            MessageText.read(body, parts, "");
          }
        }
        default -> {}
      }
    }

    private void block(RequestBody body) {
      Block block = new Block();
      body.object(name -> block.read(body, name));
      boolean result = block.type.equals("tool_result");
      hasToolResult |= result;
      block.text.moveTo(parts, result ? "tool" : "");
    }

    private static String role(RequestBody body) {
      String role = body.text();
      if (!role.equals("user") && !role.equals("assistant")) {
        throw body.wrong("user or assistant; 'system' is a field of the request");
      }
      return role;
    }
  }

  /** A part of a content, of which images, documents and earlier thoughts count as nothing. */
  private static final class Block {
    private final MessageText text = new MessageText();
    private String type = "";

    void read(RequestBody body, String name) {
      switch (name) {
        case "type" -> type = body.text();
        case "text", "name" -> text.add(body.text());
        case "input" -> text.add(body.json());
        case "content" -> {
          if (!body.isObject()) {
            text.addContent(body);
          }
        }
        default -> {}
      }
    }
  }
}
