package dev.candor.load.transport;

import dev.candor.record.AttemptRecord;
import dev.candor.workload.Prompt;
import dev.candor.workload.Session;
import dev.candor.workload.SharedPrefixes;
import org.jspecify.annotations.Nullable;

/**
 * A request encoded ahead of its start.
 *
 * @param number of its session in the run
 * @param inputTokens prompt tokens by our tokenizer
 * @param sharedTokens of those, in a prefix that an earlier request had too; {@link
 *     AttemptRecord#NONE} where not counted
 * @param maxTokens answer length asked for, 0: none
 * @param body the whole request body
 * @param leaving when its user gives the answer up
 * @param turn its place in the session
 * @param prompt what it asks, for a transport that sends no bytes; null where the body says it
 */
public record PreparedRequest(
    long number,
    String requestClass,
    int inputTokens,
    int sharedTokens,
    int maxTokens,
    byte[] body,
    Leaving leaving,
    Turn turn,
    @Nullable Prompt prompt) {

  /** One that is sent as its body says. */
  public PreparedRequest(
      long number,
      String requestClass,
      int inputTokens,
      int sharedTokens,
      int maxTokens,
      byte[] body,
      Leaving leaving,
      Turn turn) {
    this(number, requestClass, inputTokens, sharedTokens, maxTokens, body, leaving, turn, null);
  }

  /** A request by itself, whose user may leave. */
  public PreparedRequest(
      long number,
      String requestClass,
      int inputTokens,
      int maxTokens,
      byte[] body,
      Leaving leaving) {
    this(
        number, requestClass, inputTokens, AttemptRecord.NONE, maxTokens, body, leaving, Turn.ONLY);
  }

  /** A request by itself, whose user stays to the end. */
  public PreparedRequest(
      long number, String requestClass, int inputTokens, int maxTokens, byte[] body) {
    this(number, requestClass, inputTokens, maxTokens, body, Leaving.NEVER);
  }

  /**
   * A request's place in its session.
   *
   * @param number from 0
   * @param session which makes what follows; null where nothing does
   * @param counted what is known of the prompt's text, for its answer to go on from; null where
   *     nothing follows
   */
  public record Turn(
      int number,
      Session.Follow follow,
      @Nullable Session session,
      SharedPrefixes.@Nullable Counted counted) {
    /** Of a session of one request. */
    public static final Turn ONLY = new Turn(0, Session.Follow.NOTHING, null, null);
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
