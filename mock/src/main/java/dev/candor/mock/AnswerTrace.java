package dev.candor.mock;

import java.util.Arrays;

/**
 * The events of one answer: those that are ready to be sent, and those that were. <b>For one
 * thread.</b>
 */
final class AnswerTrace {
  private final SentEvents sent = new SentEvents();
  private long[] preempted = new long[0];

  /** A ring; seldom more than one, but for a client that does not read. */
  private long[] readyNanos = new long[2];

  private int[] readyTokens = new int[2];
  private int head;
  private int ready;

  /** An event is ready to be sent. */
  void ready(long intendedNanos, int tokenCount) {
    if (ready == readyNanos.length) {
      grow();
    }
    int at = (head + ready++) & (readyNanos.length - 1);
    readyNanos[at] = intendedNanos;
    readyTokens[at] = tokenCount;
  }

  private void grow() {
    int old = readyNanos.length;
    long[] moreNanos = new long[2 * old];
    int[] moreTokens = new int[2 * old];
    for (int i = 0; i < old; i++) {
      int at = (head + i) & (old - 1);
      moreNanos[i] = readyNanos[at];
      moreTokens[i] = readyTokens[at];
    }
    readyNanos = moreNanos;
    readyTokens = moreTokens;
    head = 0;
  }

  /** The next event was sent; {@code intendedNanos} where something held it back on purpose. */
  void sent(long intendedNanos, long emittedNanos) {
    sent.add(intendedNanos, emittedNanos, readyTokens[head]);
    head = (head + 1) & (readyNanos.length - 1);
    ready--;
  }

  void preempted(long nanos) {
    preempted = Arrays.copyOf(preempted, preempted.length + 1);
    preempted[preempted.length - 1] = nanos;
  }

  boolean hasNext() {
    return ready > 0;
  }

  long nextIntended() {
    return readyNanos[head];
  }

  int nextTokens() {
    return readyTokens[head];
  }

  SentEvents sent() {
    return sent;
  }

  long[] preempted() {
    return preempted;
  }
}
