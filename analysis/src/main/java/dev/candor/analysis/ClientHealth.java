package dev.candor.analysis;

import dev.candor.record.HealthWindow;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides which seconds show the client rather than the server, and why. */
public final class ClientHealth {
  private static final double MS = 1e6;
  private static final double LATEST_LOOP_MS = 10;

  /**
   * Of a second's hundred probes the 99th percentile is the worst but one: below this, two late
   * wake-ups by the operating system would be taken for a busy loop.
   */
  private static final double TIMER_NOISE_MS = 5;

  private static final double LATEST_SEND_MS = 10;
  private static final double SHARE_OF_ITL = 0.05;

  /**
   * What reaches a stopped process late is late by the rest of the stop: only where that exceeds
   * the loop's bound for a hundredth of the second can its p99 be off by more than the bound.
   */
  private static final double HUNDREDTH_MS = 10;

  private static final double LONGEST_RUN_QUEUE_SHARE = 0.3;
  private static final double MOST_WAITING_SHARE = 0.5;
  private static final double LONGEST_WRITER_LAG_MS = 5000;

  private final double loopLimitMs;

  /**
   * @param medianItlMs of the measured phases, ms; null where there is none
   */
  public ClientHealth(@Nullable Double medianItlMs) {
    this.loopLimitMs =
        medianItlMs == null
            ? LATEST_LOOP_MS
            : Math.min(LATEST_LOOP_MS, Math.max(SHARE_OF_ITL * medianItlMs, TIMER_NOISE_MS));
  }

  /** Why {@code window} is limited; empty where it is not. */
  public Set<LimitReason> limits(HealthWindow window) {
    Set<LimitReason> limits = EnumSet.noneOf(LimitReason.class);
    HealthWindow.Pauses pauses = window.pauses();
    HealthWindow.Queues queues = window.queues();
    double longestStop = loopLimitMs + HUNDREDTH_MS;
    if (window.loopDelayP99Nanos() / MS > loopLimitMs) {
      limits.add(LimitReason.LOOP_DELAY);
    }
    if (window.sendLatenessP99Nanos() / MS > LATEST_SEND_MS) {
      limits.add(LimitReason.SEND_LATENESS);
    }
    if (exceeds(pauses.gcNanos(), longestStop * MS)) {
      limits.add(LimitReason.GC_PAUSE);
    } else if (exceeds(pauses.safepointNanos(), longestStop * MS)) {
      limits.add(LimitReason.SAFEPOINT);
    }
    if (exceeds(pauses.allocationStallNanos(), longestStop * MS)) {
      limits.add(LimitReason.ALLOCATION_STALL);
    }
    if (exceeds(window.cpu().runQueueShare(), LONGEST_RUN_QUEUE_SHARE)) {
      limits.add(LimitReason.RUN_QUEUE);
    }
    if (exceeds(queues.receiveWaitingShare(), MOST_WAITING_SHARE)) {
      limits.add(LimitReason.RECEIVE_QUEUE);
    }
    if (queues.writerLagNanos() / MS > LONGEST_WRITER_LAG_MS || queues.writerDropped() > 0) {
      limits.add(LimitReason.WRITER);
    }
    return limits;
  }

  private static boolean exceeds(@Nullable Number value, double bound) {
    return value != null && value.doubleValue() > bound;
  }

  double loopLimitMs() {
    return loopLimitMs;
  }

  /**
   * Whether so many windows are limited that the run is invalid: over 1 %, and at least two, or the
   * only one.
   */
  static boolean invalid(Summary.Client client) {
    return client.limitedWindows() >= Math.min(2, client.windows())
        && client.limitedWindows() > client.windows() * 0.01;
  }

  Summary.Client summarize(List<HealthWindow> windows) {
    TreeMap<LimitReason, Integer> reasons = new TreeMap<>();
    int limited = 0;
    for (HealthWindow window : windows) {
      Set<LimitReason> limits = limits(window);
      limited += limits.isEmpty() ? 0 : 1;
      limits.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    }
    return new Summary.Client(
        limited,
        windows.size(),
        reasons,
        windows.stream().mapToLong(HealthWindow::loopDelayP99Nanos).max().orElse(0) / MS,
        windows.stream().mapToLong(HealthWindow::sendLatenessP99Nanos).max().orElse(0) / MS,
        ms(max(windows, window -> window.pauses().gcNanos())),
        ms(max(windows, window -> window.pauses().safepointNanos())),
        ms(max(windows, window -> window.pauses().allocationStallNanos())),
        windows.stream().mapToDouble(window -> window.cpu().share()).average().orElse(0),
        max(windows, window -> window.cpu().stealShare()),
        max(windows, window -> window.cpu().runQueueShare()),
        max(windows, window -> window.cpu().preemptions()),
        max(windows, window -> window.queues().receiveMaxBytes()),
        max(windows, window -> window.queues().receiveWaitingShare()),
        windows.stream().mapToLong(window -> window.queues().writerAttempts()).max().orElse(0),
        windows.stream().mapToLong(window -> window.queues().writerLagNanos()).max().orElse(0) / MS,
        windows.stream().mapToLong(window -> window.queues().writerDropped()).sum());
  }

  private static <T extends Comparable<T>> @Nullable T max(
      List<HealthWindow> windows, Function<HealthWindow, @Nullable T> figure) {
    Stream<T> known = windows.stream().map(figure).filter(Objects::nonNull);
    return known.max(Comparator.naturalOrder()).orElse(null);
  }

  static @Nullable Double ms(@Nullable Long nanos) {
    return nanos == null ? null : Double.valueOf(nanos / MS);
  }
}
