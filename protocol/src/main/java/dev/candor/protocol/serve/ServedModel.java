package dev.candor.protocol.serve;

/**
 * A model in a list of models.
 *
 * @param createdSeconds since 1970
 * @param maxTokens its context's length: prompt and answer together
 */
public record ServedModel(String id, long createdSeconds, int maxTokens) {}
