package dev.candor.mock.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a request may be served, and how its limits stand after that. */
public sealed interface QuotaDecision {

  /** In the order of {@link LimitKind}; those that are not limited are not there. */
  List<LimitState> limits();

  /**
   * It may be served.
   *
   * @param reservation to be settled with {@link Quotas#settle} when the request ends
   */
  record Admitted(List<LimitState> limits, Reservation reservation) implements QuotaDecision {}

  /**
   * It is refused with a 429.
   *
   * @param kind the limit that keeps it waiting longest
   * @param limit a minute's worth of it
   * @param used of it, at the request's arrival
   * @param requested of it
   * @param retryAfterNanos after which it would pass if nothing else came; null: it asks for more
   *     than a minute's worth and can never pass
   */
  record Refused(
      List<LimitState> limits,
      LimitKind kind,
      long limit,
      long used,
      long requested,
      @Nullable Long retryAfterNanos)
      implements QuotaDecision {}
}
