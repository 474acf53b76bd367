package dev.candor.mock.times;

import dev.candor.engine.Admission;

/** Times the tokens of all answers. <b>For the mock's event loop.</b> */
public interface TokenTimes {

  /**
   * Begins an answer.
   *
   * @param number by which its times are drawn
   */
  Handle begin(TokenListener listener, long number, Prompted prompted, long nanos);

  /** Tokens that a prompt of so many leaves for its answer; less than 1: it is too long. */
  int room(int promptTokens);

  /** Tokens in a block of the prefix cache; 0: there is none. */
  int blockSize();

  /**
   * What an answer asks of an engine.
   *
   * @param blockHashes of the full blocks of prompt and answer, where there is a prefix cache
   */
  record Prompted(int promptTokens, int outputTokens, long[] blockHashes) {}

  /** An answer that was begun, or was not. */
  interface Handle {
    Admission admission();

    /** No more tokens are wanted. */
    void cancel();
  }
}
