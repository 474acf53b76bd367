package dev.candor.base.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Least squares of the Universal Scalability Law, σ and κ never below 0. */
record ScalabilityFit(double lambda, double sigma, double kappa, double squares) {
  /*
   * Levenberg's and Marquardt's method: the normal equations of the three derivatives, damped until
   * the step makes the squares smaller. A coefficient at 0 that would go below is held there, and
   * the best λ of a given σ and κ, a ratio of two sums, is set after each step. The starts are
   * scaled by the largest load, and span a law without a bend to one whose peak is far below it;
   * the least squares of all of them are kept, as there may be more than one valley.
   */
  private static final int STEPS = 200;
  private static final double[] STARTS = {0, 0.1, 1};

  static ScalabilityFit of(double[] loads, double[] throughputs) {
    double most = Arrays.stream(loads).max().orElse(1);
    ScalabilityFit best = null;
    for (double sigma : STARTS) {
      for (double kappa : STARTS) {
        ScalabilityFit start = at(sigma / most, kappa / (most * most) * 10, loads, throughputs);
        ScalabilityFit fit = from(start, loads, throughputs);
        if (best == null || fit.squares < best.squares) {
          best = fit;
        }
      }
    }
    return best == null ? at(0, 0, loads, throughputs) : best;
  }

  /** The least squares nearest to {@code start}. */
  static ScalabilityFit from(ScalabilityFit start, double[] loads, double[] throughputs) {
    ScalabilityFit best = at(start.sigma, start.kappa, loads, throughputs);
    double damping = 1e-3;
    for (int step = 0; step < STEPS && damping < 1e12; step++) {
      ScalabilityFit next = best.step(damping, loads, throughputs);
      if (next.squares < best.squares) {
        boolean done = best.squares - next.squares <= 1e-14 * best.squares;
        best = next;
        damping = Math.max(1e-9, damping / 5);
        if (done) {
          break;
        }
      } else {
        damping *= 5;
      }
    }
    return best;
  }

  private static ScalabilityFit at(
      double sigma, double kappa, double[] loads, double[] throughputs) {
    ScalabilityFit shape = new ScalabilityFit(1, sigma, kappa, 0);
    double cross = 0;
    double own = 0;
    for (int i = 0; i < loads.length; i++) {
      double unit = shape.throughput(loads[i]);
      cross += unit * throughputs[i];
      own += unit * unit;
    }
    double lambda = cross / own;
    double squares = 0;
    for (int i = 0; i < loads.length; i++) {
      double off = throughputs[i] - lambda * shape.throughput(loads[i]);
      squares += off * off;
    }
    return new ScalabilityFit(lambda, sigma, kappa, squares);
  }

  /** One damped step of the normal equations in λ, σ and κ, of which λ is then set anew. */
  private ScalabilityFit step(double damping, double[] loads, double[] throughputs) {
    double[][] normal = new double[3][3];
    double[] right = new double[3];
    for (int i = 0; i < loads.length; i++) {
      double n = loads[i];
      double x = throughput(n);
      double below = denominator(n);
      double[] slope = {x / lambda, -x * (n - 1) / below, -x * n * (n - 1) / below};
      for (int row = 0; row < 3; row++) {
        right[row] += slope[row] * (throughputs[i] - x);
        for (int column = 0; column < 3; column++) {
          normal[row][column] += slope[row] * slope[column];
        }
      }
    }
    for (int row = 0; row < 3; row++) {
      normal[row][row] *= 1 + damping;
    }
    double[] by = solved(normal, right, sigma == 0, kappa == 0);
    return at(Math.max(0, sigma + by[1]), Math.max(0, kappa + by[2]), loads, throughputs);
  }

  /**
   * A coefficient that lies at 0 and would go below it is held there, and the others solved anew.
   */
  private static double[] solved(
      double[][] normal, double[] right, boolean sigmaAtEnd, boolean kappaAtEnd) {
    double[] by = solve(normal, right, false, false);
    boolean holdSigma = sigmaAtEnd && by[1] < 0;
    boolean holdKappa = kappaAtEnd && by[2] < 0;
    return holdSigma || holdKappa ? solve(normal, right, holdSigma, holdKappa) : by;
  }

  private static double[] solve(
      double[][] normal, double[] right, boolean holdSigma, boolean holdKappa) {
    double[][] a = new double[3][];
    for (int row = 0; row < 3; row++) {
      a[row] = Arrays.copyOf(normal[row], 4);
      a[row][3] = right[row];
    }
    hold(a, 1, holdSigma);
    hold(a, 2, holdKappa);
    for (int pivot = 0; pivot < 3; pivot++) {
      if (!(Math.abs(a[pivot][pivot]) > 0)) {
        return new double[3];
      }
      for (int row = 0; row < 3; row++) {
        if (row != pivot) {
          double times = a[row][pivot] / a[pivot][pivot];
          for (int column = pivot; column < 4; column++) {
            a[row][column] -= times * a[pivot][column];
          }
        }
      }
    }
    return new double[] {a[0][3] / a[0][0], a[1][3] / a[1][1], a[2][3] / a[2][2]};
  }

  private static void hold(double[][] a, int which, boolean held) {
    if (held) {
      for (int i = 0; i < 3; i++) {
        a[which][i] = 0;
        a[i][which] = 0;
      }
      a[which][which] = 1;
      a[which][3] = 0;
    }
  }

  double throughput(double load) {
    return lambda * load / denominator(load);
  }

  private double denominator(double load) {
    return 1 + sigma * (load - 1) + kappa * load * (load - 1);
  }

  /** Null where the law has no peak at a load of 1 or more. */
  @Nullable Double peakLoad() {
    double square = (1 - sigma) / kappa;
    return kappa > 0 && square >= 1 ? Double.valueOf(Math.sqrt(square)) : null;
  }

  double rSquared(double[] throughputs) {
    double mean = Arrays.stream(throughputs).average().orElse(0);
    double whole = Arrays.stream(throughputs).map(x -> (x - mean) * (x - mean)).sum();
    return whole > 0 ? 1 - squares / whole : squares > 0 ? 0 : 1;
  }
}
