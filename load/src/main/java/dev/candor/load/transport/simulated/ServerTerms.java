package dev.candor.load.transport.simulated;

/**
 * What a simulated server lets through, and how it sends it.
 *
 * @param maxModelLen tokens of a prompt and its answer, at most
 * @param maxConcurrency requests served at once, the others queue in order; 0: no limit
 * @param tokensPerChunk tokens in one stream event, at least 1
 */
public record ServerTerms(int maxModelLen, int maxConcurrency, int tokensPerChunk) {
  /** No limits but the engines' own, an event a token. */
  public static final ServerTerms NONE = new ServerTerms(Integer.MAX_VALUE, 0, 1);
}
