package dev.candor.analysis.fit;

import dev.candor.base.stats.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The engine's steps, as far as tokens tell of them: when each ended, and which of them each token
 * came from. Instants are the client's, so that a step's end is late by the token's way.
 *
 * @param ends of the steps, the median instant of their tokens
 * @param stepOf for each attempt and each of its token events, the step of the event's last token
 * @param offGrid events that came at another time than the step after their request's last one
 * @param events all of them
 * @param clientSpread robust standard deviation of a token's instant around its step's end
 * @param slack by how much tokens of one step may lie apart, in nanoseconds
 */
record StepGrid(
    double[] ends, int[][] stepOf, long offGrid, long events, double clientSpread, double slack) {
  /*
   * All tokens of a step are ready at one instant, and a request that decodes gets one in each
   * step: the token after that of step s is of step s + 1, whenever the client read it. So only
   * first tokens must be given to a step by their time, and a client that pauses, and then reads
   * the tokens of many steps at once, loses no count. Steps that were read in a burst have ends
   * that say nothing, and give no rows.
   *
   * A token that is late, and after another late one that was not read together with it, shows that
   * its request was left out of steps (a preemption): it is taken for one of the step whose time
   * is nearest.
   */
  private static final double SHARE_OF_A_STEP = 0.4;

  /** Ends of steps need this many events or gaps to be told apart. */
  static final int FEWEST_GAPS = 20;

  static StepGrid of(List<MeasuredAttempt> attempts) {
    double slack = SHARE_OF_A_STEP * shortGap(attempts);
    return new Reconstruction(attempts, slack).run();
  }

  /** The tenth percentile of the gaps between a request's events, those read together left out. */
  private static double shortGap(List<MeasuredAttempt> attempts) {
    int gaps = attempts.stream().mapToInt(each -> Math.max(0, each.eventNanos().length - 1)).sum();
    double[] all = new double[gaps];
    int count = 0;
    for (MeasuredAttempt attempt : attempts) {
      long[] at = attempt.eventNanos();
      for (int i = 1; i < at.length; i++) {
        if (at[i] - at[i - 1] > 100_000) {
          all[count++] = at[i] - at[i - 1];
        }
      }
    }
    Arrays.sort(all, 0, count);
    return count == 0 ? 0 : all[count / 10];
  }

  private static final class Reconstruction {
    private final List<MeasuredAttempt> attempts;
    private final double slack;
    private final int[][] stepOf;
    private final int[] last;
    private final long[] lateSince;
    private final List<Times> steps = new ArrayList<>();
    private long offGrid;
    private long events;

    Reconstruction(List<MeasuredAttempt> attempts, double slack) {
      this.attempts = attempts;
      this.slack = slack;
      stepOf = new int[attempts.size()][];
      last = new int[attempts.size()];
      lateSince = new long[attempts.size()];
      Arrays.fill(last, -1);
      Arrays.fill(lateSince, -1);
    }

    StepGrid run() {
      PriorityQueue<Next> queue = new PriorityQueue<>();
      for (int a = 0; a < attempts.size(); a++) {
        stepOf[a] = new int[attempts.get(a).eventNanos().length];
        if (stepOf[a].length > 0) {
          queue.add(new Next(attempts.get(a).first(), a, 0));
        }
      }
      for (Next next = queue.poll(); next != null; next = queue.poll()) {
        MeasuredAttempt attempt = attempts.get(next.attempt);
        take(next, Math.max(1, attempt.eventTokens()[next.event]));
        int following = next.event + 1;
        if (following < stepOf[next.attempt].length) {
          queue.add(new Next(attempt.eventNanos()[following], next.attempt, following));
        }
      }
      double[] ends = steps.stream().mapToDouble(Times::middle).toArray();
      for (int s = 1; s < ends.length; s++) {
        ends[s] = Math.max(ends[s], ends[s - 1]);
      }
      return new StepGrid(ends, stepOf, offGrid, events, clientSpread(ends), slack);
    }

    private void take(Next next, int tokens) {
      events++;
      int a = next.attempt;
      int expected = last[a] + tokens;
      int step;
      if (last[a] < 0) {
        step = nearest(next.nanos);
      } else if (expected >= steps.size()) {
        step = steps.size();
        steps.add(new Times());
      } else if (next.nanos - steps.get(expected).first <= slack) {
        step = expected;
        lateSince[a] = -1;
      } else {
        offGrid++;
        boolean behind = lateSince[a] >= 0 && next.nanos - lateSince[a] > slack;
        lateSince[a] = behind ? -1 : next.nanos;
        if (!behind) {
          stepOf[a][next.event] = expected;
          last[a] = expected;
          return;
        }
        step = nearest(next.nanos);
      }
      steps.get(step).add(next.nanos);
      stepOf[a][next.event] = step;
      last[a] = step;
    }

    private int nearest(long nanos) {
      int latest = steps.size() - 1;
      if (latest >= 0 && nanos - steps.get(latest).first <= slack) {
        return latest;
      }
      steps.add(new Times());
      return latest + 1;
    }

    private double clientSpread(double[] ends) {
      double[] offsets = new double[(int) Math.min(events, 200_000)];
      int count = 0;
      for (int s = 0; s < ends.length && count < offsets.length; s++) {
        Times times = steps.get(s);
        for (int i = 0; times.count > 2 && i < times.count && count < offsets.length; i++) {
          offsets[count++] = times.nanos[i] - ends[s];
        }
      }
      return count == 0 ? 0 : Median.spread(Arrays.copyOf(offsets, count));
    }
  }

  private record Next(long nanos, int attempt, int event) implements Comparable<Next> {
    @Override
    public int compareTo(Next other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Integer.compare(attempt, other.attempt);
    }
  }

  /** Instants at which the tokens of a step came. */
  private static final class Times {
    private long[] nanos = new long[4];
    private int count;
    private long first = Long.MAX_VALUE;

    void add(long at) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = at;
      first = Math.min(first, at);
    }

    /** The median; of none that came in time, the beginning of time. */
    double middle() {
      return count == 0
          ? Double.NEGATIVE_INFINITY
          : Median.of(Arrays.stream(nanos, 0, count).asDoubleStream().toArray());
    }
  }
}
