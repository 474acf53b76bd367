package dev.candor.load.retry;

import dev.candor.base.time.Scheduler;
import dev.candor.scenario.Retries;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Whether the target is well enough to be tried again: Resilience4j's circuit breaker on the
 * scheduler's time. <b>For its loop's thread only.</b>
 */
final class RetryBreaker {
  private final CircuitBreaker breaker;

  RetryBreaker(Retries.Breaker settings, Scheduler scheduler) {
    breaker =
        CircuitBreaker.of(
            "retries",
            CircuitBreakerConfig.custom()
                .clock(new SchedulerClock(scheduler, scheduler.nanoTime()))
                .currentTimestampFunction(ignored -> scheduler.nanoTime(), TimeUnit.NANOSECONDS)
                .slidingWindow(
                    (int) TimeUnit.NANOSECONDS.toSeconds(settings.windowNanos()),
                    settings.leastCalls(),
                    CircuitBreakerConfig.SlidingWindowType.TIME_BASED,
                    CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .recordResult(Boolean.FALSE::equals)
                .failureRateThreshold((float) (100 * settings.failures()))
                .waitDurationInOpenState(Duration.ofNanos(settings.openNanos()))
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .build());
  }

  /** An attempt has ended, well or not. */
  void ended(boolean well) {
    breaker.onResult(0, TimeUnit.NANOSECONDS, well);
  }

  /** Whether there may be a retry, which is then expected to end. */
  boolean allows() {
    return breaker.tryAcquirePermission();
  }

  /** A retry that was allowed says nothing of the target. */
  void withdrawn() {
    breaker.releasePermission();
  }

  /** Seconds since the scheduler's start as if since 1970. */
  private static final class SchedulerClock extends Clock {
    private final Scheduler scheduler;
    private final long origin;

    SchedulerClock(Scheduler scheduler, long origin) {
      this.scheduler = scheduler;
      this.origin = origin;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(scheduler.nanoTime() - origin);
    }
  }
}
