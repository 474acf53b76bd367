package dev.candor.analysis;

import dev.candor.record.HealthWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which seconds show the client rather than the server. */
final class ClientHealth {
  private static final double MS = 1e6;
  private static final double LATEST_LOOP_MS = 10;

  /**
   * Of a second's hundred probes the 99th percentile is the worst but one: below this, two late
   * wake-ups by the operating system would be taken for a busy loop.
   */
  private static final double TIMER_NOISE_MS = 5;

  private static final double LATEST_SEND_MS = 10;
  private static final double SHARE_OF_ITL = 0.05;

  private final double loopLimitMs;

  /**
   * @param medianItlMs of the measured phases, null where there is none
   */
  ClientHealth(@Nullable Double medianItlMs) {
    this.loopLimitMs =
        medianItlMs == null
            ? LATEST_LOOP_MS
            : Math.min(LATEST_LOOP_MS, Math.max(SHARE_OF_ITL * medianItlMs, TIMER_NOISE_MS));
  }

  boolean limited(HealthWindow window) {
    return window.loopDelayP99Nanos() / MS > loopLimitMs
        || window.sendLatenessP99Nanos() / MS > LATEST_SEND_MS;
  }

  double loopLimitMs() {
    return loopLimitMs;
  }

  /** Whether so many windows are limited that the run is invalid: over 1 %, and at least two. */
  static boolean invalid(Summary.Client client) {
    return client.limitedWindows() >= 2 && client.limitedWindows() > client.windows() * 0.01;
  }

  Summary.Client summarize(List<HealthWindow> windows) {
    return new Summary.Client(
        (int) windows.stream().filter(this::limited).count(),
        windows.size(),
        windows.stream().mapToLong(HealthWindow::loopDelayP99Nanos).max().orElse(0) / MS,
        windows.stream().mapToLong(HealthWindow::sendLatenessP99Nanos).max().orElse(0) / MS,
        windows.stream().mapToLong(HealthWindow::gcPauseMaxNanos).max().orElse(0) / MS,
        windows.stream().mapToDouble(HealthWindow::cpuShare).average().orElse(0));
  }
}
