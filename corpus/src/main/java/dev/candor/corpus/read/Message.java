package dev.candor.corpus.read;

import java.util.List;

/**
 * A message of a prompt, its texts filtered.
 *
 * @param content its text; empty where it has none
 * @param name of who speaks; empty where it has none
 * @param toolCallId of the call that it answers; empty where it answers none
 */
public record Message(
    String role, String content, String name, String toolCallId, List<ToolCall> toolCalls) {

  public Message {
    toolCalls = List.copyOf(toolCalls);
  }

  static Message of(String role, String content) {
    return new Message(role, content, "", "", List.of());
  }
}
