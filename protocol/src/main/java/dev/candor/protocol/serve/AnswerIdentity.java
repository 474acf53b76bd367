package dev.candor.protocol.serve;

/**
 * What an answer says of itself.
 *
 * @param suffix tells answers apart; a dialect puts its own prefix before it
 * @param model that answers
 * @param createdSeconds since 1970
 */
public record AnswerIdentity(String suffix, String model, long createdSeconds) {}
