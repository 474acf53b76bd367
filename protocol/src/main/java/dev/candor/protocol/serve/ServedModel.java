package dev.candor.protocol.serve;

/**
 * A model in a list of models.
 *
 * @param createdSeconds since 1970
 * @param contextTokens how long prompt and answer together may be
 */
public record ServedModel(String id, long createdSeconds, int contextTokens) {}
