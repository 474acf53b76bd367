package dev.candor.analysis.fit;

import dev.candor.base.stats.RobustRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the steps computed if a step had at most {@code budget} tokens.
 *
 * @param tables one a replica of a run, as {@code steps}
 * @param rows of {@code phases}
 * @param phases that are fitted
 */
record Hypothesis(
    int budget,
    List<ReplicaSteps> steps,
    List<StepTable> tables,
    Overhead overhead,
    List<StepRow> rows,
    FittedPhases phases) {
  /*
   * Whether prompts are cut into chunks, and how long these are, no client sees. But a wrong guess
   * gives steps that took longer, or shorter, than what they are said to have computed: the budget
   * with which the formula fits best is taken. Budgets that no step would have reached are one and
   * the same guess.
   */
  static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final int[] USUAL = {
    128, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 5120, 6144, 8192, 10240, 12288, 16384,
    24576, 32768, 65536
  };
  private static final int ROWS = 6_000;

  /** What is as near to a common budget is taken for that. */
  private static final double AS_GOOD_AS_USUAL = 0.02;

  /** By how much a guess must be better than none, in units of log-likelihood. */
  private static final double WORTH_IT = 20;

  /** The loss of a row that a hypothesis cannot explain: one that is 3 standard deviations off. */
  private static final double UNEXPLAINED = 3;

  static Hypothesis of(List<ReplicaSteps> steps, int budget, int blockSize, FittedPhases fitted) {
    return of(steps, budget, blockSize, fitted, Double.NaN);
  }

  /**
   * Knowing about what the overhead is: it settles where a prompt began, which settles it in turn.
   */
  private static Hypothesis of(
      List<ReplicaSteps> steps,
      int budget,
      int blockSize,
      FittedPhases fitted,
      double overheadNanos) {
    List<StepTable> tables = tables(steps, budget, blockSize, overheadNanos);
    Overhead overhead = overhead(steps, tables, fitted);
    tables = tables(steps, budget, blockSize, overhead.known());
    overhead = overhead(steps, tables, fitted);
    List<StepRow> rows = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      tables.get(i).rows(steps.get(i).index(), steps.get(i).run()).stream()
          .filter(row -> fitted.has(row.run(), row.phase()))
          .forEach(rows::add);
    }
    return new Hypothesis(budget, steps, tables, overhead, rows, fitted);
  }

  private static List<StepTable> tables(
      List<ReplicaSteps> steps, int budget, int blockSize, double overhead) {
    return steps.stream()
        .map(each -> new StepTable(each.attempts(), each.grid(), budget, blockSize, overhead))
        .toList();
  }

  private static Overhead overhead(
      List<ReplicaSteps> steps, List<StepTable> tables, FittedPhases fitted) {
    List<Overhead.Interval> intervals = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      ReplicaSteps each = steps.get(i);
      intervals.addAll(
          Overhead.intervals(each, tables.get(i), phase -> fitted.has(each.index(), phase)));
    }
    return Overhead.of(intervals);
  }

  /** The most tokens that a step computed. */
  long mostTokens() {
    return tables.stream()
        .flatMapToLong(
            table ->
                IntStream.range(0, table.batch.length)
                    .mapToLong(s -> table.prefill[s] + table.decodes[s]))
        .max()
        .orElse(0);
  }

  /** The budget that explains the steps best: {@code this}, unbounded, where none does better. */
  Hypothesis best(int blockSize, FittedPhases fitted) {
    long most = mostTokens();
    double kink = StepModel.of(thinned(rows, ROWS), overhead.known(), Map.of()).kinkTokens();
    List<Hypothesis> all = new ArrayList<>(List.of(this));
    Arrays.stream(USUAL)
        .filter(budget -> budget < most)
        .forEach(budget -> all.add(of(steps, budget, blockSize, fitted, overhead.known())));
    Hypothesis found = best(all, kink);
    if (found.budget == UNBOUNDED) {
      return this;
    }
    // Uncommon budgets: a quarter around the best of the common ones, then less.
    for (double span = 0.2; span > 0.01; span /= 4) {
      List<Hypothesis> near = new ArrayList<>(List.of(found));
      for (int side : new int[] {-2, -1, 1, 2}) {
        int budget = (int) Math.round(found.budget * (1 + side * span / 2));
        if (budget != found.budget) {
          near.add(of(steps, budget, blockSize, fitted, found.overhead.known()));
        }
      }
      found = best(near, kink);
    }
    int rough = found.budget;
    return Arrays.stream(USUAL)
        .filter(budget -> Math.abs(budget - rough) <= AS_GOOD_AS_USUAL * budget)
        .mapToObj(budget -> of(steps, budget, blockSize, fitted))
        .findFirst()
        .orElse(found);
  }

  private static Hypothesis best(List<Hypothesis> all, double kink) {
    int rows = all.stream().mapToInt(each -> each.rows.size()).max().orElse(0);
    List<double[]> errors =
        all.stream().map(each -> StepModel.errors(each.rows, each.overhead.known(), kink)).toList();
    double spread =
        Math.max(1e-4, errors.stream().mapToDouble(RobustRegression::spread).min().orElse(1));
    Hypothesis best = all.getFirst();
    double least = Double.POSITIVE_INFINITY;
    for (int h = 0; h < all.size(); h++) {
      double[] own = errors.get(h);
      double loss = (rows - all.get(h).rows.size()) * loss(UNEXPLAINED);
      for (double error : own) {
        loss += loss(error / spread);
      }
      if (loss < least - (h == 0 ? 0 : WORTH_IT)) {
        least = loss;
        best = all.get(h);
      }
    }
    return best;
  }

  /** Huber's. */
  private static double loss(double error) {
    double size = Math.abs(error);
    return size <= UNEXPLAINED ? size * size / 2 : UNEXPLAINED * (size - UNEXPLAINED / 2);
  }

  /** At most {@code most} rows, those with prefill as many as those without. */
  static List<StepRow> thinned(List<StepRow> rows, int most) {
    List<StepRow> with = rows.stream().filter(row -> row.prefillTokens() > 0).toList();
    List<StepRow> without = rows.stream().filter(row -> row.prefillTokens() == 0).toList();
    int share = most / 2;
    List<StepRow> kept = new ArrayList<>(spread(with, Math.max(share, most - without.size())));
    kept.addAll(spread(without, Math.max(share, most - with.size())));
    return kept;
  }

  private static List<StepRow> spread(List<StepRow> rows, int most) {
    return rows.size() <= most
        ? rows
        : IntStream.range(0, most)
            .mapToObj(i -> rows.get((int) ((long) i * rows.size() / most)))
            .toList();
  }
}
