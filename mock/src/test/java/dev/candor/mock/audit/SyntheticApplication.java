package dev.candor.mock.audit;

import dev.candor.base.random.Seed;
import dev.candor.base.time.VirtualTime;
import dev.candor.mock.audit.AttemptResult.Failed;
import dev.candor.mock.audit.AttemptResult.Succeeded;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Many calls in virtual time, retried as a policy has it, against a service that fails by a plan.
 */
final class SyntheticApplication {
  static final long MILLISECOND = 1_000_000L;
  static final long SECOND = 1_000 * MILLISECOND;

  static final int PROMPT_TOKENS = 100;
  static final int OUTPUT_TOKENS = 10;

  private static final long SERVICE_NANOS = 20 * MILLISECOND;

  /** How long to wait before a retry. */
  interface Policy {
    /**
     * @param retry 1 for the first
     * @param askedNanos the service's wish, where it has one
     */
    long pauseNanos(int retry, @Nullable Long askedNanos, RandomGenerator random);
  }

  /** How an attempt that arrives at an instant ends. */
  interface Service {
    AttemptResult answer(long nanos);
  }

  private final VirtualTime time = new VirtualTime();
  private final RetryAudit audit = new RetryAudit();
  private final RandomGenerator random;
  private final Policy policy;
  private final Service service;
  private final int mostAttempts;

  SyntheticApplication(long seed, Policy policy, int mostAttempts, Service service) {
    this.random = new Seed(seed).derive("application").stream();
    this.policy = policy;
    this.mostAttempts = mostAttempts;
    this.service = service;
  }

  /** The report after {@code calls} calls that begin spread evenly over {@code spreadNanos}. */
  AuditReport report(int calls, long spreadNanos) {
    for (int call = 0; call < calls; call++) {
      CallKey key = new CallKey(call, false, false);
      time.at(spreadNanos * call / calls, () -> attempt(key, 1));
    }
    time.runUntilIdle();
    return audit.report();
  }

  private void attempt(CallKey key, int number) {
    Attempt attempt = audit.begin(key, time.nanoTime(), PROMPT_TOKENS);
    AttemptResult result = service.answer(time.nanoTime());
    time.after(
        SERVICE_NANOS,
        () -> {
          boolean succeeded = result instanceof Succeeded;
          attempt.end(result, time.nanoTime(), succeeded ? OUTPUT_TOKENS : 0);
          if (!succeeded && number < mostAttempts) {
            Long asked = result instanceof Failed failed ? failed.retryAfterNanos() : null;
            long wireNanos = random.nextLong(MILLISECOND);
            time.after(
                policy.pauseNanos(number, asked, random) + wireNanos,
                () -> attempt(key, number + 1));
          }
        });
  }
}
