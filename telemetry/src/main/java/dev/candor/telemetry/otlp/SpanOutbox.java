package dev.candor.telemetry.otlp;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ended spans that are still to be sent; beyond a bound they are dropped and counted. Safe for use
 * by any thread.
 */
final class SpanOutbox implements SpanProcessor {
  static final int MOST = 20_000;

  private final ConcurrentLinkedQueue<SpanData> spans = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (count.get() >= MOST) {
      dropped.incrementAndGet();
    } else {
      count.incrementAndGet();
      spans.add(span.toSpanData());
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  /** The first of them, {@code most} at most. */
  List<SpanData> take(int most) {
    List<SpanData> taken = new ArrayList<>();
    while (taken.size() < most) {
      SpanData next = spans.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
      count.decrementAndGet();
    }
    return taken;
  }

  long dropped() {
    return dropped.get();
  }
}
