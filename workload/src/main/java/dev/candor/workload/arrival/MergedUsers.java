package dev.candor.workload.arrival;

import dev.candor.base.random.Seed;
import dev.candor.scenario.ArrivalProcess;
import java.util.random.RandomGenerator;

/** Users with a rate each, merged: a heap of their next arrivals, 20 bytes a user. */
final class MergedUsers implements UnitProcess {
  private final GammaGaps gaps;
  private final RandomGenerator random;

  /** What each user's gaps are on average: one over its share. */
  private final double[] meanGap;

  private final double[] next;

  /** A binary heap of users, the earliest first. */
  private final int[] heap;

  private int last = -1;

  MergedUsers(ArrivalProcess.PerUser process, Seed seed) {
    int users = process.users();
    this.gaps = new GammaGaps(process.coefficientOfVariation());
    this.random = seed.stream();
    this.meanGap = meanGaps(process, seed.derive("weights").stream());
    this.next = new double[users];
    this.heap = new int[users];
    for (int user = 0; user < users; user++) {
      next[user] = meanGap[user] * gaps.first(random);
      heap[user] = user;
    }
    for (int at = users / 2 - 1; at >= 0; at--) {
      sink(at);
    }
  }

  private static double[] meanGaps(ArrivalProcess.PerUser process, RandomGenerator random) {
    double[] weights = new double[process.users()];
    double sum = 0;
    for (int user = 0; user < weights.length; user++) {
      weights[user] = process.weight().sample(random);
      sum += weights[user];
    }
    for (int user = 0; user < weights.length; user++) {
      // Where all draws are 0, all users are alike; one whose draw alone is 0 never comes.
      weights[user] = sum == 0 ? weights.length : sum / weights[user];
    }
    return weights;
  }

  @Override
  public double next() {
    if (last >= 0) {
      next[last] += meanGap[last] * gaps.next(random);
      sink(0);
    }
    last = heap[0];
    return next[last];
  }

  @Override
  public long user() {
    return last;
  }

  private void sink(int from) {
    int at = from;
    int user = heap[at];
    while (2 * at + 1 < heap.length) {
      int child = 2 * at + 1;
      if (child + 1 < heap.length && next[heap[child + 1]] < next[heap[child]]) {
        child++;
      }
      if (next[user] <= next[heap[child]]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = user;
  }
}
