package dev.candor.protocol.request;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, ...
 */
public record ChatMessage(String role, String content) {
  private static final String SYSTEM = "system";

  /**
   * Whether it instructs rather than takes part; some dialects have a place of their own for it.
   */
  public boolean isSystem() {
    return role.equals(SYSTEM);
  }

  /** The contents, a blank line between two: for dialects that know no messages. */
  public static String joined(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::content).collect(Collectors.joining("\n\n"));
  }
}
