package dev.candor.app.estimate;

import java.util.Arrays;

/** Requests and tokens, in all and by the minute of the run in which they were asked. */
final class Tally {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  double requests;
  double input;

  /** Of the input, what an unbounded prefix cache would serve. */
  double shared;

  double output;

  /** When the load ends. */
  long endNanos;

  /** Requests, input and output tokens. */
  private double[][] minutes = new double[3][64];

  private int used;

  /**
   * @param weight how many it stands for
   */
  void add(
      long atNanos, double inputTokens, double sharedTokens, double outputTokens, double weight) {
    requests += weight;
    input += weight * inputTokens;
    shared += weight * sharedTokens;
    output += weight * outputTokens;
    int minute = (int) (Math.max(0, atNanos) / MINUTE_NANOS);
    if (minute >= minutes[0].length) {
      for (int i = 0; i < minutes.length; i++) {
        minutes[i] = Arrays.copyOf(minutes[i], Math.max(2 * minutes[i].length, minute + 1));
      }
    }
    used = Math.max(used, minute + 1);
    minutes[0][minute] += weight;
    minutes[1][minute] += weight * inputTokens;
    minutes[2][minute] += weight * outputTokens;
  }

  /** The same tokens in other requests: of a step that was only looked at in part. */
  void scale(double factor) {
    requests *= factor;
    input *= factor;
    shared *= factor;
    output *= factor;
    for (double[] figures : minutes) {
      for (int i = 0; i < figures.length; i++) {
        figures[i] *= factor;
      }
    }
  }

  void addAll(Tally other) {
    requests += other.requests;
    input += other.input;
    shared += other.shared;
    output += other.output;
    endNanos = Math.max(endNanos, other.endNanos);
    for (int minute = 0; minute < other.used; minute++) {
      if (minute >= minutes[0].length) {
        for (int i = 0; i < minutes.length; i++) {
          minutes[i] = Arrays.copyOf(minutes[i], other.minutes[i].length);
        }
      }
      for (int i = 0; i < minutes.length; i++) {
        minutes[i][minute] += other.minutes[i][minute];
      }
    }
    used = Math.max(used, other.used);
  }

  double meanAMinute(double total) {
    return total / Math.max(1, (double) endNanos / MINUTE_NANOS);
  }

  double peakRequests() {
    return Arrays.stream(minutes[0]).max().orElse(0);
  }

  double peakInput() {
    return Arrays.stream(minutes[1]).max().orElse(0);
  }

  double peakOutput() {
    return Arrays.stream(minutes[2]).max().orElse(0);
  }

  double peakTokens() {
    double peak = 0;
    for (int i = 0; i < used; i++) {
      peak = Math.max(peak, minutes[1][i] + minutes[2][i]);
    }
    return peak;
  }
}
