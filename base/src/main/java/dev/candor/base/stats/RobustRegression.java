package dev.candor.base.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * A linear model whose coefficients are never below 0, of which single rows may be wrong by any
 * amount. Pure functions.
 *
 * <p>Iteratively reweighted least squares with Huber's weights ("Robust Estimation of a Location
 * Parameter", Annals of Mathematical Statistics 35, 1964), 95 % as good as least squares where
 * errors are normal; the spread of the errors is 1.4826 times the median of their sizes. Intervals
 * are of the sandwich estimator (Huber, "The behavior of maximum likelihood estimates under
 * nonstandard conditions", 1967), which holds where the spread differs from row to row.
 */
public final class RobustRegression {
  /** Huber's threshold, in standard deviations. */
  private static final double THRESHOLD = 1.345;

  private static final double MAD_TO_SIGMA = 1.482602218505602;
  private static final int ROUNDS = 30;

  /** Directions of which the data has less than this, of columns scaled to 1, are not told. */
  private static final double NO_INFORMATION = 1e-9;

  private RobustRegression() {}

  /**
   * What came of it.
   *
   * @param coefficients one a column, at least 0
   * @param weights of the rows, 1 where a row is as good as any
   * @param spread of the errors, in units of the rows' sigmas
   */
  public record Result(double[] coefficients, double[] weights, double spread) {}

  /**
   * How sure coefficients are.
   *
   * @param standardErrors infinite where the rows say nothing of it
   * @param partners for each coefficient, those with which it is mixed up: only a combination of
   *     them is known
   */
  public record Precision(double[] standardErrors, boolean[][] partners) {}

  /**
   * Fits {@code y} as a sum of {@code columns} times coefficients.
   *
   * @param columns one an explanatory variable, each as long as {@code y}
   * @param sigmas the size of a row's error, up to a common factor, above 0
   */
  public static Result fit(double[][] columns, double[] y, double[] sigmas) {
    double[] weights = new double[y.length];
    Arrays.fill(weights, 1);
    double[] coefficients = solve(columns, y, sigmas, weights);
    double spread = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[] errors = errors(columns, y, sigmas, coefficients);
      spread = spread(errors);
      if (!(spread > 0)) {
        break;
      }
      for (int i = 0; i < y.length; i++) {
        weights[i] = weight(errors[i] / spread);
      }
      double[] next = solve(columns, y, sigmas, weights);
      boolean settled = settled(coefficients, next);
      coefficients = next;
      if (settled) {
        break;
      }
    }
    return new Result(coefficients, weights, spread);
  }

  /** Huber's loss of the errors, those of {@code spread} in size counting a half. */
  public static double loss(
      double[][] columns, double[] y, double[] sigmas, double[] coefficients, double spread) {
    double loss = 0;
    for (double error : errors(columns, y, sigmas, coefficients)) {
      double size = Math.abs(error / spread);
      loss += size <= THRESHOLD ? size * size / 2 : THRESHOLD * (size - THRESHOLD / 2);
    }
    return loss;
  }

  /** Errors in units of the rows' sigmas. */
  public static double[] errors(
      double[][] columns, double[] y, double[] sigmas, double[] coefficients) {
    double[] errors = y.clone();
    for (int c = 0; c < columns.length; c++) {
      if (coefficients[c] != 0) {
        for (int i = 0; i < errors.length; i++) {
          errors[i] -= coefficients[c] * columns[c][i];
        }
      }
    }
    for (int i = 0; i < errors.length; i++) {
      errors[i] /= sigmas[i];
    }
    return errors;
  }

  /** 1.4826 times the median size, which is a standard deviation where errors are normal. */
  public static double spread(double[] errors) {
    return errors.length == 0
        ? 0
        : MAD_TO_SIGMA * Median.of(Arrays.stream(errors).map(Math::abs).toArray());
  }

  /** How sure the coefficients of {@code result} are. */
  public static Precision precision(
      double[][] columns, double[] y, double[] sigmas, Result result) {
    int n = columns.length;
    double[] scales = scales(columns, sigmas, result.weights());
    double[] errors = errors(columns, y, sigmas, result.coefficients());
    double[][] bread = new double[n][n];
    double[][] meat = new double[n][n];
    double[] row = new double[n];
    for (int i = 0; i < y.length; i++) {
      double weight = result.weights()[i];
      double score = weight * errors[i];
      double slope = weight < 1 ? 0 : 1;
      for (int c = 0; c < n; c++) {
        row[c] = scales[c] > 0 ? columns[c][i] / sigmas[i] / scales[c] : 0;
      }
      for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
          bread[a][b] += slope * row[a] * row[b];
          meat[a][b] += score * score * row[a] * row[b];
        }
      }
    }
    mirror(bread);
    mirror(meat);
    return precision(bread, meat, scales);
  }

  private static Precision precision(double[][] bread, double[][] meat, double[] scales) {
    int n = scales.length;
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(bread, false));
    double[] values = eigen.getEigenvalues();
    double most = Arrays.stream(values).max().orElse(0);
    double[][] inverse = new double[n][n];
    boolean[][] partners = new boolean[n][n];
    boolean[] untold = new boolean[n];
    for (int k = 0; k < n; k++) {
      boolean weak = values[k] <= most * 1e-4;
      boolean none = values[k] <= most * NO_INFORMATION;
      double[] vector = eigen.getEigenvector(k).toArray();
      for (int a = 0; a < n; a++) {
        untold[a] |= none && Math.abs(vector[a]) > 0.1;
        for (int b = 0; b < n; b++) {
          boolean both = Math.abs(vector[a]) > 0.2 && Math.abs(vector[b]) > 0.2;
          partners[a][b] |= weak && a != b && both;
          inverse[a][b] += none ? 0 : vector[a] * vector[b] / values[k];
        }
      }
    }
    RealMatrix left = new Array2DRowRealMatrix(inverse, false);
    RealMatrix covariance =
        left.multiply(new Array2DRowRealMatrix(meat, false)).multiply(left.transpose());
    double[] standardErrors = new double[n];
    for (int c = 0; c < n; c++) {
      standardErrors[c] =
          untold[c] || !(scales[c] > 0)
              ? Double.POSITIVE_INFINITY
              : Math.sqrt(Math.max(0, covariance.getEntry(c, c))) / scales[c];
    }
    return new Precision(standardErrors, partners);
  }

  private static double weight(double error) {
    double size = Math.abs(error);
    return size <= THRESHOLD ? 1 : THRESHOLD / size;
  }

  private static boolean settled(double[] before, double[] after) {
    for (int c = 0; c < before.length; c++) {
      if (Math.abs(after[c] - before[c]) > 1e-6 * Math.abs(before[c])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Least squares with coefficients of at least 0: the most negative one is held there, and the
   * others solved anew, until none is below.
   */
  private static double[] solve(double[][] columns, double[] y, double[] sigmas, double[] weights) {
    int n = columns.length;
    double[] scales = scales(columns, sigmas, weights);
    double[][] normal = new double[n][n];
    double[] right = new double[n];
    for (int i = 0; i < y.length; i++) {
      double weight = weights[i] / (sigmas[i] * sigmas[i]);
      for (int a = 0; a < n; a++) {
        double scaled = columns[a][i] * weight;
        if (scaled == 0) {
          continue;
        }
        right[a] += scaled * y[i];
        for (int b = 0; b <= a; b++) {
          normal[a][b] += scaled * columns[b][i];
        }
      }
    }
    mirror(normal);
    boolean[] held = new boolean[n];
    for (int a = 0; a < n; a++) {
      held[a] = !(scales[a] > 0);
      right[a] /= held[a] ? 1 : scales[a];
      for (int b = 0; b < n; b++) {
        double scale = scales[a] * scales[b];
        normal[a][b] /= scale > 0 ? scale : 1;
      }
    }
    while (true) {
      double[] solved = solve(normal, right, held);
      int worst = -1;
      for (int c = 0; c < n; c++) {
        if (solved[c] < 0 && (worst < 0 || solved[c] < solved[worst])) {
          worst = c;
        }
      }
      if (worst < 0) {
        for (int c = 0; c < n; c++) {
          solved[c] /= held[c] ? 1 : scales[c];
        }
        return solved;
      }
      held[worst] = true;
    }
  }

  /** The free coefficients, by the normal matrix's eigenvectors, without directions untold. */
  private static double[] solve(double[][] normal, double[] right, boolean[] held) {
    int[] free = IntStream.range(0, held.length).filter(c -> !held[c]).toArray();
    double[] solved = new double[held.length];
    if (free.length == 0) {
      return solved;
    }
    double[][] part = new double[free.length][free.length];
    for (int a = 0; a < free.length; a++) {
      for (int b = 0; b < free.length; b++) {
        part[a][b] = normal[free[a]][free[b]];
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(part, false));
    double[] values = eigen.getEigenvalues();
    double most = Arrays.stream(values).max().orElse(0);
    for (int k = 0; k < free.length; k++) {
      if (values[k] <= most * NO_INFORMATION) {
        continue;
      }
      double[] vector = eigen.getEigenvector(k).toArray();
      double along = 0;
      for (int a = 0; a < free.length; a++) {
        along += vector[a] * right[free[a]];
      }
      for (int a = 0; a < free.length; a++) {
        solved[free[a]] += vector[a] * along / values[k];
      }
    }
    return solved;
  }

  private static double[] scales(double[][] columns, double[] sigmas, double[] weights) {
    double[] scales = new double[columns.length];
    for (int c = 0; c < columns.length; c++) {
      double squares = 0;
      for (int i = 0; i < sigmas.length; i++) {
        double scaled = columns[c][i] / sigmas[i];
        squares += weights[i] * scaled * scaled;
      }
      scales[c] = Math.sqrt(squares);
    }
    return scales;
  }

  private static void mirror(double[][] lower) {
    for (int a = 0; a < lower.length; a++) {
      for (int b = a + 1; b < lower.length; b++) {
        lower[a][b] = lower[b][a];
      }
    }
  }
}
