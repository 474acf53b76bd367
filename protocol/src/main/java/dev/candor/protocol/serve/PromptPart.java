package dev.candor.protocol.serve;

/**
 * A piece of a prompt.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}; for tool definitions
 *     too
 * @param text token ids, parted by spaces, where the client sent those
 * @param tokens the number of token ids, 0 where the client sent text, which is yet to be counted
 */
public record PromptPart(String role, String text, int tokens) {

  /** A piece whose tokens are yet to be counted. */
  public PromptPart(String role, String text) {
    this(role, text, 0);
  }
}
