package dev.candor.workload;

import java.util.List;

/**
 * One request's content.
 *
 * @param requestClass class of the mix, or the source's name
 * @param inputTokens tokens of all message contents together, by the workload's tokenizer, and
 *     those that calibration found the server to add
 * @param maxTokens answer length asked for, 0: none
 */
public record Prompt(String requestClass, List<Message> messages, int inputTokens, int maxTokens) {
  public Prompt {
    messages = List.copyOf(messages);
  }

  /** A message of the conversation; {@code role} is system, user or assistant. */
  public record Message(String role, String content) {}
}
