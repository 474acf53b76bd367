package dev.candor.engine;

import java.util.Arrays;

/**
 * Remembers when the tokens of each step can be sent, and tells of those that a request has
 * produced. <b>For one thread.</b>
 */
final class TokenTeller {
  private static final int LEAST = 64;
  private static final int MOST = 4096;

  private final EngineListener listener;

  /** When tokens can be sent, by the number of their step minus {@link #first}. */
  private long[] readyNanos = {};

  private long first;
  private int size;

  TokenTeller(EngineListener listener) {
    this.listener = listener;
  }

  /** Step {@code number}, which follows the last one, has ended; not where {@link #isFull}. */
  void stepEnded(long number, long nanos) {
    if (size == 0) {
      first = number;
    }
    readyNanos[size++] = nanos;
  }

  /** Whether room has to be made before another step. */
  boolean isFull() {
    return size == readyNanos.length;
  }

  /**
   * Makes room for steps.
   *
   * @param running of whose tokens some are not told
   */
  void makeRoom(SequenceQueue running, Decoding decoding) {
    long needed = first + size;
    for (Sequence sequence = running.first(); sequence != null; sequence = sequence.next) {
      if (sequence.told < decoding.produced(sequence)) {
        needed = Math.min(needed, sequence.told + sequence.tokenToStep);
      }
    }
    if (size >= MOST && needed - first <= size / 2) {
      for (Sequence sequence = running.first(); sequence != null; sequence = sequence.next) {
        tell(sequence, decoding.produced(sequence));
      }
      needed = first + size;
    }
    int dropped = (int) (needed - first);
    System.arraycopy(readyNanos, dropped, readyNanos, 0, size - dropped);
    first += dropped;
    size -= dropped;
    if (size >= readyNanos.length / 2) {
      readyNanos = Arrays.copyOf(readyNanos, Math.max(LEAST, 2 * readyNanos.length));
    }
  }

  void forget() {
    size = 0;
  }

  /** Tells of all tokens before {@code produced} that are not told yet. */
  void tell(Sequence sequence, int produced) {
    int count = produced - sequence.told;
    if (count == 0) {
      return;
    }
    int told = sequence.told;
    int from = (int) (told + sequence.tokenToStep - first);
    sequence.told = produced;
    if (count == 1) {
      listener.token(sequence.request, told, readyNanos[from]);
    } else {
      listener.tokens(sequence.request, told, readyNanos, from, count);
    }
  }
}
