package dev.candor.mock.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups requests into logical calls and says how the application behaved. Thread-safe: one lock,
 * taken twice a request. All times are monotonic nanoseconds.
 */
public final class RetryAudit {
  /*
   * A request belongs to the latest call of its fingerprint while that has not succeeded and did not
   * rest for ten minutes; else it begins a new one, for an application may ask the same thing twice.
   * What the client itself declares goes first: under an idempotency key all is one call, and what is
   * marked as a retry joins a call that succeeded, for then the answer never reached the client.
   */
  private static final int MOST_ATTEMPTS = 50_000;

  private final int room;
  private final Object lock = new Object();
  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private final Map<Long, Call> latest = new HashMap<>();
  private int attempts;
  private long droppedCalls;

  public RetryAudit() {
    this(MOST_ATTEMPTS);
  }

  /**
   * @param room for attempts; beyond, the oldest calls are dropped
   */
  RetryAudit(int room) {
    this.room = room;
  }

  /** Takes note of a request at its arrival. */
  public Attempt begin(CallKey key, long arrivalNanos, int promptTokens) {
    synchronized (lock) {
      Call call = latest.get(key.fingerprint());
      if (call == null || !call.continuesWith(key, arrivalNanos)) {
        call = new Call(lock, key.fingerprint());
        calls.add(call);
        latest.put(key.fingerprint(), call);
      }
      Attempt attempt = call.begin(arrivalNanos, promptTokens);
      attempts++;
      makeRoom();
      return attempt;
    }
  }

  private void makeRoom() {
    while (attempts > room && calls.size() > 1) {
      Call oldest = calls.remove();
      latest.remove(oldest.fingerprint, oldest);
      attempts -= oldest.attempts();
      droppedCalls++;
    }
  }

  /** How the application behaved so far. */
  public AuditReport report() {
    return report(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * How it behaved in a slice of time: of the attempts that arrived in [from, to), and of what it
   * did next after each of them. A call that reaches beyond the slice is cut.
   */
  public AuditReport report(long fromNanos, long toNanos) {
    List<List<AuditedAttempt>> history;
    long dropped;
    synchronized (lock) {
      history = calls.stream().map(Call::audited).toList();
      dropped = droppedCalls;
    }
    List<AuditedCall> cut = new ArrayList<>();
    for (List<AuditedAttempt> call : history) {
      AuditedCall part =
          fromNanos == Long.MIN_VALUE && toNanos == Long.MAX_VALUE
              ? AuditedCall.whole(call)
              : AuditedCall.within(call, fromNanos, toNanos);
      if (part != null) {
        cut.add(part);
      }
    }
    return AuditReport.of(new AuditAnalysis(cut).figures(dropped));
  }

  /** Forgets everything; attempts under way end unseen. */
  public void reset() {
    synchronized (lock) {
      calls.clear();
      latest.clear();
      attempts = 0;
      droppedCalls = 0;
    }
  }
}
