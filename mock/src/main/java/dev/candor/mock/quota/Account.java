package dev.candor.mock.quota;

import dev.candor.scenario.Quota;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of one key on one model. Not thread-safe. */
final class Account {
  /** Of a key that no quota fits. */
  static final Account UNLIMITED = new Account(List.of());

  private final List<Limit> limits;

  private record Limit(LimitKind kind, Meter meter) {}

  private Account(List<Limit> limits) {
    this.limits = limits;
  }

  static Account of(Quota quota, long startNanos) {
    List<Limit> limits = new ArrayList<>();
    for (LimitKind kind : LimitKind.values()) {
      long limit =
          switch (kind) {
            case REQUESTS -> quota.requests();
            case TOKENS -> quota.tokens();
            case INPUT_TOKENS -> quota.inputTokens();
            case OUTPUT_TOKENS -> quota.outputTokens();
          };
      if (limit > 0) {
        limits.add(new Limit(kind, Meter.of(quota.kind(), limit, startNanos)));
      }
    }
    return new Account(List.copyOf(limits));
  }

  QuotaDecision admit(long inputTokens, long maxOutputTokens, long nanos) {
    Limit tightest = null;
    long longestNanos = 0;
    for (Limit limit : limits) {
      long waitNanos =
          limit.meter.waitNanos(asked(limit.kind, inputTokens, maxOutputTokens), nanos);
      if (waitNanos > longestNanos) {
        longestNanos = waitNanos;
        tightest = limit;
      }
    }
    if (tightest != null) {
      long asked = asked(tightest.kind, inputTokens, maxOutputTokens);
      return refused(tightest, asked, longestNanos, nanos);
    }
    for (Limit limit : limits) {
      if (limit.kind != LimitKind.OUTPUT_TOKENS) {
        limit.meter.charge(asked(limit.kind, inputTokens, maxOutputTokens), nanos);
      }
    }
    return new QuotaDecision.Admitted(states(nanos), new Reservation(this, inputTokens, nanos));
  }

  /** What must be there. Of output tokens, some: they are charged when they were produced. */
  private static long asked(LimitKind kind, long inputTokens, long maxOutputTokens) {
    return switch (kind) {
      case REQUESTS, OUTPUT_TOKENS -> 1;
      case TOKENS -> inputTokens + maxOutputTokens;
      case INPUT_TOKENS -> inputTokens;
    };
  }

  private QuotaDecision refused(Limit tightest, long asked, long waitNanos, long nanos) {
    long limit = tightest.meter.limit();
    long used = limit - tightest.meter.remaining(nanos);
    if (tightest.kind == LimitKind.TOKENS) {
      countUnsuccessful(nanos);
    }
    return new QuotaDecision.Refused(
        states(nanos),
        tightest.kind,
        limit,
        used,
        asked,
        waitNanos == Meter.NEVER ? null : Long.valueOf(waitNanos));
  }

  /** OpenAI counts an unsuccessful request against the requests a minute, where one is left. */
  private void countUnsuccessful(long nanos) {
    Meter requests = meter(LimitKind.REQUESTS);
    if (requests != null && requests.waitNanos(1, nanos) == 0) {
      requests.charge(1, nanos);
    }
  }

  void correct(LimitKind kind, long amount, long chargedNanos, long nanos) {
    Meter meter = meter(kind);
    if (meter != null) {
      meter.correct(amount, chargedNanos, nanos);
    }
  }

  /** Whether nothing of any limit is used, so that a new account would be the same. */
  boolean isUnused(long nanos) {
    for (Limit limit : limits) {
      if (limit.meter.resetNanos(nanos) > 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Meter meter(LimitKind kind) {
    for (Limit limit : limits) {
      if (limit.kind == kind) {
        return limit.meter;
      }
    }
    return null;
  }

  private List<LimitState> states(long nanos) {
    List<LimitState> states = new ArrayList<>(limits.size());
    for (Limit limit : limits) {
      Meter meter = limit.meter;
      states.add(
          new LimitState(
              limit.kind, meter.limit(), meter.remaining(nanos), meter.resetNanos(nanos)));
    }
    return List.copyOf(states);
  }
}
