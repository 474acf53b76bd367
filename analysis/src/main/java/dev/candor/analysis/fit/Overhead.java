package dev.candor.analysis.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The time from sending to the scheduler and from a step's end to the client, together: alone their
 * sum is visible to a client.
 *
 * @param lowNanos {@code highNanos}: between which it lies
 * @param requests that say so
 */
record Overhead(double lowNanos, double highNanos, int requests) {
  /*
   * A request that finds a busy engine begins in the first step that begins after the scheduler has
   * seen it. In the client's time, of a request sent at u whose first step is s:
   *
   *   end(s - 2) - u  <  overhead  <=  end(s - 1) - u
   *
   * The overhead is where most of these intervals overlap. Requests that had to wait for a place
   * say other things, each its own, and are outvoted.
   */
  private static final double NEARLY_ALL = 0.98;

  record Interval(double low, double high) {}

  private record Edge(double at, int change) {}

  /** Where most of {@code intervals} overlap; of none, from 0 to infinity. */
  static Overhead of(List<Interval> intervals) {
    List<Edge> edges = new ArrayList<>();
    for (Interval each : intervals) {
      if (each.high > 0) {
        edges.add(new Edge(Math.max(0, each.low), 1));
        edges.add(new Edge(each.high, -1));
      }
    }
    edges.sort(Comparator.comparingDouble(Edge::at).thenComparingInt(Edge::change));
    int most = 0;
    int depth = 0;
    for (Edge edge : edges) {
      depth += edge.change;
      most = Math.max(most, depth);
    }
    if (most == 0) {
      return new Overhead(0, Double.POSITIVE_INFINITY, 0);
    }
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    depth = 0;
    for (Edge edge : edges) {
      boolean before = depth >= NEARLY_ALL * most;
      depth += edge.change;
      boolean after = depth >= NEARLY_ALL * most;
      if (!before && after) {
        low = Math.min(low, edge.at);
      } else if (before && !after) {
        high = Math.max(high, edge.at);
      }
    }
    return new Overhead(low, high, most);
  }

  /** Its middle, NaN where nothing is known. */
  double known() {
    return requests == 0 ? Double.NaN : (lowNanos + highNanos) / 2;
  }

  double halfWidth() {
    return (highNanos - lowNanos) / 2;
  }

  /** What the requests of a replica say, of phases that are fitted. */
  static List<Interval> intervals(ReplicaSteps steps, StepTable table, IntPredicate phases) {
    List<Interval> intervals = new ArrayList<>();
    double[] ends = steps.grid().ends();
    List<MeasuredAttempt> attempts = steps.attempts();
    for (int a = 0; a < attempts.size(); a++) {
      int step = table.begun[a];
      if (step >= 2
          && table.follows[step]
          && table.follows[step - 1]
          && phases.test(attempts.get(a).phase())) {
        double sent = attempts.get(a).sent();
        intervals.add(new Interval(ends[step - 2] - sent, ends[step - 1] - sent));
      }
    }
    return intervals;
  }
}
