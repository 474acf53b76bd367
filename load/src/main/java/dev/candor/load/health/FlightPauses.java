package dev.candor.load.health;

import dev.candor.base.time.Clock;
import dev.candor.load.health.PauseLog.Kind;
import dev.candor.record.HealthWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/** Every pause of the JVM to the microsecond, by Flight Recorder. Told of about a second late. */
final class FlightPauses implements PauseSource {
  /*
   * Events carry calendar time, made from a counter whose scale was taken when their file was begun,
   * which may be hours ago; the run has its monotonic clock. An event of our own that carries the
   * run's clock is therefore recorded every second: it converts its neighbours exactly. It also marks
   * the place up to which all events have arrived, for they arrive in the order of their ends.
   */
  private static final List<String> WATCHED =
      List.of("jdk.GCPhasePause", "jdk.SafepointBegin", "jdk.SafepointEnd", "jdk.ZAllocationStall");

  private final Clock clock;
  private final PauseLog log = new PauseLog();
  private final RecordingStream stream;
  private long offset;
  private long safepoint;
  private long safepointStart;
  private volatile boolean begun;
  private volatile boolean finished;
  private volatile long knownUntil;

  /** The run's clock, seen by Flight Recorder's. */
  @Name("dev.candor.Mark")
  @Label("Candor's clock")
  @StackTrace(false)
  static final class Mark extends Event {
    @Label("Nanoseconds")
    long nanos;
  }

  private FlightPauses(Clock clock) {
    this.clock = clock;
    this.offset = clock.nanoTime() - nanos(clock.wallTime());
    this.stream = new RecordingStream();
    try {
      WATCHED.forEach(event -> stream.enable(event).withoutThreshold().withoutStackTrace());
      stream.enable(Mark.class).withoutThreshold();
      stream.onEvent("dev.candor.Mark", this::marked);
      stream.onEvent("jdk.GCPhasePause", event -> add(Kind.GC, event));
      stream.onEvent("jdk.ZAllocationStall", event -> add(Kind.ALLOCATION_STALL, event));
      stream.onEvent("jdk.SafepointBegin", this::stopped);
      stream.onEvent("jdk.SafepointEnd", this::resumed);
      stream.startAsync();
    } catch (RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** Null where this JVM has no Flight Recorder, or there is no room for its files. */
  static @Nullable FlightPauses openIfAvailable(Clock clock) {
    try {
      return FlightRecorder.isAvailable() ? new FlightPauses(clock) : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private void marked(RecordedEvent event) {
    long nanos = event.getLong("nanos");
    offset = nanos - nanos(event.getStartTime());
    knownUntil = nanos;
    begun = true;
  }

  private void add(Kind kind, RecordedEvent event) {
    Duration duration = event.getDuration();
    log.add(kind, nanos(event.getStartTime()) + offset, duration.toNanos());
  }

  private void stopped(RecordedEvent event) {
    safepoint = event.getLong("safepointId");
    safepointStart = nanos(event.getStartTime());
  }

  private void resumed(RecordedEvent event) {
    if (event.getLong("safepointId") == safepoint) {
      long nanos = nanos(event.getEndTime()) - safepointStart;
      log.add(Kind.SAFEPOINT, safepointStart + offset, nanos);
    }
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  @Override
  public void begin(long origin) {
    log.begin(origin);
    mark();
  }

  @Override
  public void mark() {
    Mark mark = new Mark();
    mark.nanos = clock.nanoTime();
    mark.commit();
  }

  @Override
  public boolean knows(long instant) {
    return finished || (begun && knownUntil - instant >= 0);
  }

  @Override
  public HealthWindow.Pauses take(int second) {
    PauseLog.Longest longest = log.take(second);
    return new HealthWindow.Pauses(
        longest.gcNanos(), longest.safepointNanos(), longest.allocationStallNanos());
  }

  @Override
  public void finish() {
    stream.stop();
    finished = true;
  }

  @Override
  public void close() {
    stream.close();
  }
}
