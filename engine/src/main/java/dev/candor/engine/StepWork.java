package dev.candor.engine;

/**
 * What one step computes, as {@link StepTime} counts it. A request <em>decodes</em> where it has
 * produced a token and has exactly one left to compute; else it is in <em>prefill</em>, which
 * includes computing anew what a preemption threw away.
 */
final class StepWork {
  /** Requests of which something is computed. */
  int batch;

  /** Tokens computed of requests in prefill. */
  int prefillTokens;

  /** Lengths of the contexts that decoding requests read, the new token included. */
  long contextTokens;

  /**
   * For a chunk of n tokens after c computed ones, n·c + n·(n+1)/2: each attends to all before it
   * and to itself.
   */
  long tokenPairs;

  private int decodes;

  void clear() {
    batch = 0;
    prefillTokens = 0;
    contextTokens = 0;
    tokenPairs = 0;
    decodes = 0;
  }

  void add(Sequence sequence) {
    batch++;
    int chunk = sequence.chunk;
    if (sequence.produced > 0 && sequence.remaining() == 1) {
      decodes++;
      contextTokens += sequence.known();
    } else {
      prefillTokens += chunk;
      tokenPairs += (long) chunk * sequence.computed + (long) chunk * (chunk + 1) / 2;
    }
  }

  /**
   * Adds requests that decode.
   *
   * @param context the lengths of their contexts together
   */
  void addDecoding(int requests, long context) {
    batch += requests;
    decodes += requests;
    contextTokens += context;
  }

  /** Tokens computed. */
  int tokens() {
    return prefillTokens + decodes;
  }
}
