package dev.candor.load.health;

import dev.candor.base.time.Clock;
import dev.candor.record.HealthWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the run's seconds out of the loops' ones. <b>For the writer's thread only.</b> A second is
 * told of twice: at once, while pauses are not known yet, and complete, about a second later.
 */
public final class RunHealth {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How many seconds may wait for their pauses, should nothing be heard of these. */
  private static final int MOST_PENDING = 10;

  private final int loops;
  private final long origin;
  private final Clock clock;
  private final ProcessHealth process;
  private final Consumer<HealthWindow> early;
  private final Consumer<HealthWindow> complete;
  private final TreeMap<Integer, List<LoopSecond>> begun = new TreeMap<>();
  private final ArrayDeque<HealthWindow> pending = new ArrayDeque<>();
  private long dropped;

  /**
   * @param origin when second 0 begins
   * @param early hears of each second as soon as all loops have lived through it
   * @param complete hears of it with its pauses; in order, the last ones in {@link #finish}
   */
  public RunHealth(
      int loops,
      long origin,
      Clock clock,
      ProcessHealth process,
      Consumer<HealthWindow> early,
      Consumer<HealthWindow> complete) {
    this.loops = loops;
    this.origin = origin;
    this.clock = clock;
    this.process = process;
    this.early = early;
    this.complete = complete;
    process.pauses.begin(origin);
  }

  /**
   * Adds a loop's second.
   *
   * @param writerAttempts that wait to be recorded
   * @param writerDropped given up since the last call
   */
  public void add(LoopSecond second, long writerAttempts, long writerDropped) {
    List<LoopSecond> known = begun.computeIfAbsent(second.second(), s -> new ArrayList<>());
    known.add(second);
    dropped += writerDropped;
    if (known.size() == loops) {
      process.pauses.mark();
      // With those before it that a loop has left out: the writer could not take its word.
      tell(begun.headMap(second.second(), true), writerAttempts);
      tellComplete();
    }
  }

  private void tell(Map<Integer, List<LoopSecond>> over, long writerAttempts) {
    for (List<LoopSecond> each : over.values()) {
      HealthWindow window = merge(each, writerAttempts, dropped);
      dropped = 0;
      early.accept(window);
      pending.add(window);
    }
    over.clear();
  }

  /** Tells of the seconds that are left, those too that not every loop has told of. */
  public void finish() {
    tell(begun, 0);
    process.pauses.finish();
    tellComplete();
  }

  private void tellComplete() {
    for (HealthWindow next = pending.peek(); next != null; next = pending.peek()) {
      long end = origin + (next.second() + 1) * SECOND_NANOS;
      if (!process.pauses.knows(end) && pending.size() <= MOST_PENDING) {
        return;
      }
      pending.remove();
      complete.accept(withPauses(next, process.pauses.take(next.second())));
    }
  }

  private HealthWindow merge(List<LoopSecond> seconds, long writerAttempts, long writerDropped) {
    ProcessHealth.Sample sample = process.sample();
    Long waited = worst(seconds, LoopGauges.Reading::runQueueNanos);
    long handedOver =
        seconds.stream().mapToLong(LoopSecond::handedOverNanos).max().orElse(clock.nanoTime());
    return new HealthWindow(
        seconds.getFirst().second(),
        seconds.stream().mapToLong(LoopSecond::loopDelayP99Nanos).max().orElse(0),
        seconds.stream().mapToLong(LoopSecond::sendLatenessP99Nanos).max().orElse(0),
        HealthWindow.Pauses.UNKNOWN,
        new HealthWindow.Cpu(
            sample.cpuShare(),
            sample.stealShare(),
            waited == null
                ? null
                : Double.valueOf(Math.clamp(waited / (double) SECOND_NANOS, 0, 1)),
            worst(seconds, LoopGauges.Reading::preemptions)),
        new HealthWindow.Queues(
            worst(seconds, LoopGauges.Reading::receiveMaxBytes),
            worst(seconds, LoopGauges.Reading::receiveWaitingShare),
            writerAttempts,
            Math.max(0, clock.nanoTime() - handedOver),
            writerDropped),
        seconds.stream().mapToDouble(LoopSecond::inFlight).sum(),
        seconds.stream().mapToInt(LoopSecond::users).sum(),
        seconds.stream().mapToLong(LoopSecond::tokenEvents).sum(),
        sample
            .memory()
            .with(
                sum(seconds, LoopGauges.Reading::connections),
                sum(seconds, LoopGauges.Reading::newConnections)));
  }

  /** Over the loops that know theirs; null where none does. */
  private static @Nullable Long sum(
      List<LoopSecond> seconds, Function<LoopGauges.Reading, @Nullable Long> figure) {
    return seconds.stream()
        .map(second -> figure.apply(second.gauges()))
        .filter(Objects::nonNull)
        .reduce(Long::sum)
        .orElse(null);
  }

  private static <T extends Comparable<T>> @Nullable T worst(
      List<LoopSecond> seconds, Function<LoopGauges.Reading, @Nullable T> figure) {
    Stream<T> known =
        seconds.stream().map(second -> figure.apply(second.gauges())).filter(Objects::nonNull);
    return known.max(Comparator.naturalOrder()).orElse(null);
  }

  private static HealthWindow withPauses(HealthWindow window, HealthWindow.Pauses pauses) {
    return new HealthWindow(
        window.second(),
        window.loopDelayP99Nanos(),
        window.sendLatenessP99Nanos(),
        pauses,
        window.cpu(),
        window.queues(),
        window.inFlight(),
        window.users(),
        window.tokenEvents(),
        window.memory());
  }
}
