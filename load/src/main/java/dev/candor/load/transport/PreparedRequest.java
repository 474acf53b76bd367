package dev.candor.load.transport;

/**
 * A request encoded ahead of its start.
 *
 * @param number of the request in the run
 * @param inputTokens prompt tokens by our tokenizer
 * @param maxTokens answer length asked for, 0: none
 * @param body the whole request body
 * @param leaving when its user gives the answer up
 */
public record PreparedRequest(
    long number,
    String requestClass,
    int inputTokens,
    int maxTokens,
    byte[] body,
    Leaving leaving) {

  /** A request whose user stays to the end. */
  public PreparedRequest(
      long number, String requestClass, int inputTokens, int maxTokens, byte[] body) {
    this(number, requestClass, inputTokens, maxTokens, body, Leaving.NEVER);
  }

  /**
   * When a user gives an answer up; {@link #NEVER}'s values where they do not.
   *
   * @param patienceNanos how long they wait for the first token, from the attempt's start
   * @param events token events after which they have read enough
   */
  public record Leaving(long patienceNanos, int events) {
    public static final Leaving NEVER = new Leaving(Long.MAX_VALUE, Integer.MAX_VALUE);
  }
}
