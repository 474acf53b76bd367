package dev.candor.mock;

import java.util.Arrays;

/** Every event of one answer: intended, sent, with how many tokens. <b>For one thread.</b> */
final class AnswerTrace {
  private long[] intended = new long[32];
  private long[] emitted = new long[32];
  private int[] tokens = new int[32];
  private long[] preempted = new long[0];
  private int ready;
  private int sent;

  /** An event is ready to be sent. */
  void ready(long intendedNanos, int tokenCount) {
    if (ready == intended.length) {
      intended = Arrays.copyOf(intended, ready * 2);
      emitted = Arrays.copyOf(emitted, ready * 2);
      tokens = Arrays.copyOf(tokens, ready * 2);
    }
    intended[ready] = intendedNanos;
    tokens[ready++] = tokenCount;
  }

  /** The next event was sent; {@code intendedNanos} where something held it back on purpose. */
  void sent(long intendedNanos, long emittedNanos) {
    intended[sent] = intendedNanos;
    emitted[sent++] = emittedNanos;
  }

  void preempted(long nanos) {
    preempted = Arrays.copyOf(preempted, preempted.length + 1);
    preempted[preempted.length - 1] = nanos;
  }

  boolean hasNext() {
    return sent < ready;
  }

  long nextIntended() {
    return intended[sent];
  }

  int nextTokens() {
    return tokens[sent];
  }

  int events() {
    return sent;
  }

  long[] intended() {
    return Arrays.copyOf(intended, sent);
  }

  long[] emitted() {
    return Arrays.copyOf(emitted, sent);
  }

  int[] tokens() {
    return Arrays.copyOf(tokens, sent);
  }

  long[] preempted() {
    return preempted;
  }
}
