package dev.candor.protocol.openai;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, ...
 */
public record ChatMessage(String role, String content) {}
