package dev.candor.mock.times;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was told to listeners and not yet passed on, first in, first out: instants come in order, as
 * the engines' overhead a token is the same for all. A ring without objects. <b>For the mock's
 * event loop.</b>
 */
final class EventQueue {
  enum Kind {
    SCHEDULED,
    TOKEN,
    PREEMPTED,
    CRASHED
  }

  private static final int INITIAL = 256;

  private @Nullable TokenListener[] listeners = new @Nullable TokenListener[INITIAL];
  private long[] instants = new long[INITIAL];
  private int[] details = new int[INITIAL];
  private Kind[] kinds = new Kind[INITIAL];
  private int[] replicas = new int[INITIAL];
  private int head;
  private int size;

  void add(TokenListener listener, Kind kind, long nanos, int detail, int replica) {
    if (size == listeners.length) {
      grow();
    }
    int at = (head + size++) & (listeners.length - 1);
    listeners[at] = listener;
    instants[at] = nanos;
    details[at] = detail;
    kinds[at] = kind;
    replicas[at] = replica;
  }

  /** The instant of the first event, or {@link Long#MAX_VALUE}. */
  long nextNanos() {
    return size == 0 ? Long.MAX_VALUE : instants[head];
  }

  /** Passes the first event on where it is due. */
  boolean deliver(long now) {
    if (size == 0 || instants[head] > now) {
      return false;
    }
    int at = head;
    TokenListener listener = Objects.requireNonNull(listeners[at]);
    // What is done with is not to be kept alive from here.
    listeners[at] = null;
    long nanos = instants[at];
    head = (head + 1) & (listeners.length - 1);
    size--;
    switch (kinds[at]) {
      case SCHEDULED -> listener.scheduled(nanos, details[at], replicas[at]);
      case TOKEN -> listener.token(nanos);
      case PREEMPTED -> listener.preempted(nanos);
      case CRASHED -> listener.crashed(nanos);
    }
    return true;
  }

  private void grow() {
    int old = listeners.length;
    @Nullable TokenListener[] moreListeners = new @Nullable TokenListener[2 * old];
    long[] moreInstants = new long[2 * old];
    int[] moreDetails = new int[2 * old];
    Kind[] moreKinds = new Kind[2 * old];
    int[] moreReplicas = new int[2 * old];
    for (int i = 0; i < old; i++) {
      int at = (head + i) & (old - 1);
      moreListeners[i] = listeners[at];
      moreInstants[i] = instants[at];
      moreDetails[i] = details[at];
      moreKinds[i] = kinds[at];
      moreReplicas[i] = replicas[at];
    }
    listeners = moreListeners;
    instants = moreInstants;
    details = moreDetails;
    kinds = moreKinds;
    replicas = moreReplicas;
    head = 0;
  }
}
