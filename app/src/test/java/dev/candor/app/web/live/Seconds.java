package dev.candor.app.web.live;

import dev.candor.report.console.LiveSecond;
import dev.candor.report.console.LiveSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Seconds of an imagined run: even, but for one stall. */
final class Seconds {
  static final int STALL = 50_001;
  static final double STALL_MS = 9_000;

  private Seconds() {}

  static LiveSecond second(int number) {
    return new LiveSecond(
        number,
        "hold",
        10,
        8.5,
        100,
        number % 2,
        1_000,
        20.123456789,
        number == STALL ? STALL_MS : 40.0,
        5.0,
        number % 3 == 0 ? null : 7.0,
        0.5,
        false);
  }

  static LiveSnapshot snapshot(int number, List<LiveSecond> seconds) {
    return new LiveSnapshot(
        number + 1.0,
        86_400,
        "hold",
        10,
        8,
        100L * number,
        0,
        1_000,
        20.0,
        40.0,
        5.0,
        7.0,
        0.5,
        Map.of(),
        Set.of(),
        null,
        seconds);
  }
}
