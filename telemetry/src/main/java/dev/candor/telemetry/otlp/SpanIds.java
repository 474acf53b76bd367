package dev.candor.telemetry.otlp;

import dev.candor.base.random.Seed;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Ids of spans by what they are of: all attempts of a request are of one trace. Two runs have none
 * in common. For one thread.
 */
final class SpanIds implements IdGenerator {
  private final long run;
  private long request;
  private int attempt;

  /**
   * @param run differs from run to run
   */
  SpanIds(long run) {
    this.run = run;
  }

  /** Says what the next span is of. */
  void next(long ofRequest, int ofAttempt) {
    request = ofRequest;
    attempt = ofAttempt;
  }

  @Override
  public String generateTraceId() {
    long high = Seed.mixed(run ^ Seed.mixed(request));
    return TraceId.fromLongs(high, Seed.mixed(high) | 1);
  }

  @Override
  public String generateSpanId() {
    return SpanId.fromLong(Seed.mixed(Seed.mixed(run ^ Seed.mixed(request)) + attempt) | 1);
  }
}
