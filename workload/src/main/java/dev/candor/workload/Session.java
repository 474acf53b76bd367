package dev.candor.workload;

import java.util.List;

/**
 * A conversation, made as it goes on: what it asks next may depend on the answers. A single request
 * is a session of one call. <b>For one thread at a time</b>; costs CPU (tokenizing), so not for an
 * event loop.
 */
public interface Session {

  /** Its number in the run, from 0. */
  long number();

  /** Its first call, with no wait. To be asked once. */
  Call first();

  /**
   * What follows once the call {@code turn} has ended: nothing where the session is over, or where
   * it waits for other calls that have not ended; several calls where they run side by side. To be
   * asked once for each call that has not failed.
   */
  List<Call> next(int turn, Answer answer);

  /**
   * One request of a session.
   *
   * @param turn its number in the session, from 0
   * @param waitNanos from the end of the call that it follows to its start: think time, a tool's
   *     run time
   * @param follow what the session does with its end
   */
  record Call(int turn, long waitNanos, Prompt prompt, Follow follow) {}

  /** What a session does with the end of a call. */
  enum Follow {
    /** Nothing follows. */
    NOTHING,
    /** Something may follow, whatever the answer says. */
    END,
    /** Something may follow that carries the answer's text on. */
    ANSWER
  }

  /**
   * How a call was answered.
   *
   * @param text as the server sent it, reasoning left out; empty where the session did not ask for
   *     it
   * @param tokens of the whole answer by the server's count, {@link #UNCOUNTED} where it sent none
   */
  record Answer(String text, int tokens) {
    public static final int UNCOUNTED = -1;
  }

  /** A single request. */
  static Session single(long number, Prompt prompt) {
    return new Session() {
      @Override
      public long number() {
        return number;
      }

      @Override
      public Call first() {
        return new Call(0, 0, prompt, Follow.NOTHING);
      }

      @Override
      public List<Call> next(int turn, Answer answer) {
        return List.of();
      }
    };
  }
}
