package dev.candor.app.doctor;

import java.util.List;

/**
 * What is tried.
 *
 * @param streams at once, rising
 * @param tokensPerSecond of every stream
 * @param seconds that each level is held
 * @param withinMs the largest error of TTFT and ITL at the 99th percentile
 * @param loops event loops of the client
 * @param all whether to go on past the first level that fails
 */
public record DoctorPlan(
    List<Integer> streams,
    int tokensPerSecond,
    double seconds,
    double withinMs,
    int loops,
    boolean all) {

  /** Before each level, load that rises to it. */
  static final double RISE_SECONDS = 2;

  public DoctorPlan {
    streams = List.copyOf(streams);
  }

  /** How long it takes at most, in seconds: the levels, their answers' ends, and the sums. */
  public double atMostSeconds() {
    return 8 + (streams.size() + 1) * (RISE_SECONDS + seconds + 6);
  }
}
