package dev.candor.mock.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call, or the part of one that falls into a slice of time.
 *
 * @param attempts in order of arrival, at least one
 * @param next the attempt that came after the slice, null: none did
 */
record AuditedCall(List<AuditedAttempt> attempts, @Nullable AuditedAttempt next) {
  AuditedCall {
    attempts = List.copyOf(attempts);
  }

  /** All of a call. */
  static AuditedCall whole(List<AuditedAttempt> attempts) {
    return new AuditedCall(attempts, null);
  }

  /**
   * What of a call arrived in [from, to), null: nothing. Its first attempt there counts as the
   * call's beginning, since the pause before it answers to what was before the slice; and the pause
   * after its last one belongs to it, since that answers to what the slice did.
   */
  static @Nullable AuditedCall within(List<AuditedAttempt> attempts, long fromNanos, long toNanos) {
    int first = 0;
    while (first < attempts.size() && attempts.get(first).startNanos() < fromNanos) {
      first++;
    }
    int end = first;
    while (end < attempts.size() && attempts.get(end).startNanos() < toNanos) {
      end++;
    }
    if (first == end) {
      return null;
    }
    List<AuditedAttempt> cut = new ArrayList<>(attempts.subList(first, end));
    cut.set(0, cut.getFirst().asFirst());
    return new AuditedCall(cut, end < attempts.size() ? attempts.get(end) : null);
  }
}
