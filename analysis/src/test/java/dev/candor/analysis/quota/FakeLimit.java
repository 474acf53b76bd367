package dev.candor.analysis.quota;

import java.util.ArrayList;
import java.util.List;

/** A limit of known truth that is asked in simulated time, and the network on the way to it. */
final class FakeLimit {
  private final Counting counting;
  private final double perSecond;
  private final double burst;
  private final double windowSeconds;
  private final double phase;
  private double level;
  private double at;
  private long window = Long.MIN_VALUE;
  private final List<Ask> asks = new ArrayList<>();

  private FakeLimit(
      Counting counting, double perSecond, double burst, double windowSeconds, double phase) {
    this.counting = counting;
    this.perSecond = perSecond;
    this.burst = burst;
    this.windowSeconds = windowSeconds;
    this.phase = phase;
    this.level = burst;
  }

  static FakeLimit bucket(Counting counting, double perSecond, double burst) {
    return new FakeLimit(counting, perSecond, burst, 0, 0);
  }

  static FakeLimit window(Counting counting, double budget, double seconds, double phase) {
    return new FakeLimit(counting, 0, budget, seconds, phase);
  }

  /**
   * Asks at a constant rate, each request of this shape, {@code trip} on the way there and back.
   */
  FakeLimit ask(
      double from, double to, double rate, int input, int maxTokens, int output, double trip) {
    for (int i = 0; from + i / rate < to; i++) {
      double sent = from + i / rate;
      double decided = sent + trip / 2;
      refill(decided);
      Ask tried =
          new Ask(
              nanos(sent), nanos(sent + trip), nanos(sent + trip), true, input, maxTokens, output);
      boolean admitted = level >= counting.needed(tried);
      level -= admitted ? counting.taken(tried) : 0;
      asks.add(
          new Ask(
              tried.sentNanos(),
              tried.decidedNanos(),
              tried.endedNanos(),
              admitted,
              input,
              maxTokens,
              output));
    }
    return this;
  }

  private void refill(double now) {
    if (windowSeconds > 0) {
      long turned = (long) Math.floor((now - phase) / windowSeconds);
      if (turned != window) {
        window = turned;
        level = burst;
      }
    } else {
      level = Math.min(burst, level + (now - at) * perSecond);
    }
    at = now;
  }

  List<Ask> asks() {
    return asks;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
