package dev.candor.base.stats;

/**
 * Where the start-up of a series ends, by MSER-5: the point from which on the rest has the smallest
 * standard error (White, "An effective truncation heuristic for bias reduction in simulation
 * output", Simulation 69(6), 1997; batches of 5 from White, Cobb and Spratt, 2000; the last five
 * batches are no candidates, Hoad, Robinson and Davies, "Automating warm-up length estimation",
 * JORS 61, 2010).
 *
 * @param from index of the first observation of the steady part, a multiple of 5
 * @param settled whether there is such a part: false where the best point lies in the last half of
 *     the batches, as then the series may still be on its way, and where there are under 10 batches
 */
public record SteadyState(int from, boolean settled) {
  private static final int BATCH = 5;
  private static final int FEWEST_BATCHES = 10;
  private static final int NO_CANDIDATES = 5;

  /**
   * Finds the start of the steady part.
   *
   * @param observations in the order of time; a last batch of fewer than 5 is left out
   */
  public static SteadyState of(double[] observations) {
    int batches = observations.length / BATCH;
    if (batches < FEWEST_BATCHES) {
      return new SteadyState(0, false);
    }
    // from the back, so that the means and squares of every rest are those of one pass (Welford)
    double mean = 0;
    double squares = 0;
    int best = batches;
    double least = Double.POSITIVE_INFINITY;
    for (int first = batches - 1; first >= 0; first--) {
      int count = batches - first;
      double value = batch(observations, first);
      double off = value - mean;
      mean += off / count;
      squares += off * (value - mean);
      double squaredError = squares / ((double) count * count);
      if (count > NO_CANDIDATES && squaredError <= least) {
        least = squaredError;
        best = first;
      }
    }
    return new SteadyState(best * BATCH, best < batches / 2);
  }

  private static double batch(double[] observations, int index) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      sum += observations[index * BATCH + i];
    }
    return sum / BATCH;
  }
}
