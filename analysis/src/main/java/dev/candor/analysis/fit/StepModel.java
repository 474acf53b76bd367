package dev.candor.analysis.fit;

import dev.candor.base.stats.RobustRegression;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The step-time formula, fitted to rows by robust regression.
 *
 * @param terms by coefficient; jitter is none of them
 * @param kinkTokens prefill tokens up to which a step takes {@code floor}; 0: the floor never shows
 * @param spread robust standard deviation of the rows' relative errors
 */
record StepModel(Map<Coefficient, Term> terms, double kinkTokens, double spread) {
  /*
   * max(floor, base + a·x) is base + a·max(x, k), k = (floor - base) / a: with k known all is
   * linear. So k is searched for, and the rest solved.
   */
  private static final int KINKS = 20;
  private static final int SEARCHED = 8_000;
  private static final int ROUNDS = 4;
  private static final int NARROWINGS = 12;

  /** What a kink must gain, in units of log-likelihood, to be believed. */
  private static final double WORTH_A_KINK = 4;

  private static final int COLUMNS = 6;

  /**
   * Fits all coefficients that are not in {@code fixed}.
   *
   * @param overheadNanos of requests, NaN where it is to be fitted too
   */
  static StepModel of(List<StepRow> rows, double overheadNanos, Map<Coefficient, Double> fixed) {
    double kink = new Fitting(Hypothesis.thinned(rows, SEARCHED), overheadNanos, fixed).kink();
    return new Fitting(rows, overheadNanos, fixed).run(kink);
  }

  /**
   * A coefficient.
   *
   * @param standardError infinite where the rows say nothing
   * @param partners with which it is mixed up: only a combination of them is known
   */
  record Term(double value, double standardError, Set<Coefficient> partners) {
    double halfWidth() {
      return 1.96 * standardError;
    }
  }

  Term term(Coefficient coefficient) {
    return Objects.requireNonNull(terms.get(coefficient));
  }

  double value(Coefficient coefficient) {
    return term(coefficient).value();
  }

  /** The formula's time for a row, in nanoseconds. */
  double nanos(StepRow row) {
    double first =
        row.prefillTokens() < kinkTokens
            ? value(Coefficient.FLOOR)
            : value(Coefficient.BASE) + value(Coefficient.PER_PREFILL_TOKEN) * row.prefillTokens();
    return first
        + value(Coefficient.PER_CONTEXT_TOKEN) * row.contextTokens()
        + value(Coefficient.PER_SEQUENCE) * row.batch()
        + value(Coefficient.PER_TOKEN_PAIR) * row.tokenPairs()
        + (row.fromArrival() ? value(Coefficient.REQUEST_OVERHEAD) : 0);
  }

  /** Relative errors of the formula's best fit to {@code rows} with a kink that is known. */
  static double[] errors(List<StepRow> rows, double overheadNanos, double kinkTokens) {
    Fitting few = new Fitting(Hypothesis.thinned(rows, SEARCHED), overheadNanos, Map.of());
    Fitting all = new Fitting(rows, overheadNanos, Map.of());
    return RobustRegression.errors(
        all.free(kinkTokens),
        all.rest(kinkTokens),
        all.sigmas,
        few.at(kinkTokens).result.coefficients());
  }

  private record Candidate(double kink, RobustRegression.Result result) {}

  private static final class Fitting {
    private static final Coefficient[] OF_COLUMN = {
      Coefficient.BASE,
      Coefficient.PER_PREFILL_TOKEN,
      Coefficient.PER_CONTEXT_TOKEN,
      Coefficient.PER_SEQUENCE,
      Coefficient.PER_TOKEN_PAIR,
      Coefficient.REQUEST_OVERHEAD,
      // Of the precision alone.
      Coefficient.FLOOR
    };

    private final Map<Coefficient, Double> fixed;
    private final double overhead;
    private final double[] nanos;
    private final double[][] columns = new double[COLUMNS][];
    private double[] sigmas;

    Fitting(List<StepRow> rows, double overheadNanos, Map<Coefficient, Double> fixed) {
      this.fixed = fixed;
      boolean known = !Double.isNaN(overheadNanos);
      overhead = known ? overheadNanos : 0;
      nanos = new double[rows.size()];
      for (int c = 0; c < COLUMNS; c++) {
        columns[c] = new double[rows.size()];
      }
      for (int i = 0; i < nanos.length; i++) {
        StepRow row = rows.get(i);
        nanos[i] = row.nanos() - (row.fromArrival() ? overhead : 0);
        columns[0][i] = 1;
        columns[1][i] = row.prefillTokens();
        columns[2][i] = row.contextTokens();
        columns[3][i] = row.batch();
        columns[4][i] = row.tokenPairs();
        columns[5][i] = row.fromArrival() && !known ? 1 : 0;
      }
      sigmas = Arrays.stream(nanos).map(each -> Math.max(1, each)).toArray();
    }

    /** The kink that explains best, 0 for none. */
    double kink() {
      Candidate rough = search();
      sigmas = times(rough);
      return rough.kink > 0 ? search().kink : 0;
    }

    /** Fits all coefficients at once, those of steps up to the kink and of longer ones apart. */
    StepModel run(double startKink) {
      double kink = startKink;
      double[][] sides = new double[0][];
      double[] rest = nanos;
      RobustRegression.Result result = new RobustRegression.Result(new double[0], nanos, 0);
      double[] values = new double[COLUMNS + 1];
      for (int round = 0; round < ROUNDS; round++) {
        sides = sides(kink);
        rest = restOfSides(kink);
        result = RobustRegression.fit(sides, rest, sigmas);
        values = values(result);
        double[] errors = RobustRegression.errors(sides, rest, ones(), result.coefficients());
        for (int i = 0; i < nanos.length; i++) {
          sigmas[i] = Math.max(1, nanos[i] - errors[i]);
        }
        if (kink > 0 && values[1] > 0 && round < ROUNDS - 1) {
          kink = Math.max(0, (values[COLUMNS] - values[0]) / values[1]);
        }
      }
      return model(kink, sides, rest, values, result);
    }

    private double[] values(RobustRegression.Result result) {
      double[] values = result.coefficients().clone();
      for (int c = 0; c < COLUMNS; c++) {
        values[c] = fixed.getOrDefault(OF_COLUMN[c], values[c]);
      }
      return values;
    }

    private double[][] sides(double kink) {
      double[][] sides = new double[COLUMNS + 1][];
      System.arraycopy(free(0), 0, sides, 0, COLUMNS);
      sides[0] = sides[0].clone();
      sides[1] = sides[1].clone();
      sides[COLUMNS] = new double[nanos.length];
      for (int i = 0; i < nanos.length; i++) {
        if (columns[1][i] < kink) {
          sides[0][i] = 0;
          sides[1][i] = 0;
          sides[COLUMNS][i] = 1;
        }
      }
      return sides;
    }

    private double[] restOfSides(double kink) {
      double[] rest = rest(0);
      double perToken = fixed.getOrDefault(OF_COLUMN[1], 0.0);
      for (int i = 0; i < nanos.length; i++) {
        // A fixed prefill coefficient has no part in a step that takes the floor.
        rest[i] += columns[1][i] < kink ? perToken * columns[1][i] : 0;
      }
      return rest;
    }

    private Candidate search() {
      double most = Arrays.stream(columns[1]).max().orElse(0);
      Candidate plain = at(0);
      if (!(most > 1)) {
        return plain;
      }
      double[] kinks = new double[KINKS + 1];
      Candidate[] candidates = new Candidate[KINKS + 1];
      candidates[0] = plain;
      for (int k = 1; k <= KINKS; k++) {
        kinks[k] = Math.pow(most, (double) k / KINKS);
        candidates[k] = at(kinks[k]);
      }
      int best = 0;
      double spread =
          Arrays.stream(candidates).mapToDouble(each -> each.result.spread()).min().orElse(1);
      for (int k = 1; k <= KINKS; k++) {
        if (loss(candidates[k], spread) < loss(candidates[best], spread)) {
          best = k;
        }
      }
      if (best == 0) {
        return plain;
      }
      Candidate narrowed =
          narrow(kinks[best - 1], kinks[Math.min(KINKS, best + 1)], candidates[best], spread);
      double gain = loss(plain, spread) - loss(narrowed, spread);
      return gain > WORTH_A_KINK ? narrowed : plain;
    }

    /** By golden sections. */
    private Candidate narrow(double from, double to, Candidate start, double spread) {
      double ratio = (Math.sqrt(5) - 1) / 2;
      double low = from;
      double high = to;
      Candidate best = start;
      Candidate left = at(high - ratio * (high - low));
      Candidate right = at(low + ratio * (high - low));
      for (int round = 0; round < NARROWINGS; round++) {
        if (loss(left, spread) < loss(right, spread)) {
          high = right.kink;
          right = left;
          left = at(high - ratio * (high - low));
        } else {
          low = left.kink;
          left = right;
          right = at(low + ratio * (high - low));
        }
        for (Candidate each : List.of(left, right)) {
          best = loss(each, spread) < loss(best, spread) ? each : best;
        }
      }
      return best;
    }

    private Candidate at(double kink) {
      return new Candidate(kink, RobustRegression.fit(free(kink), rest(kink), sigmas));
    }

    private double loss(Candidate candidate, double spread) {
      return spread > 0
          ? RobustRegression.loss(
              free(candidate.kink),
              rest(candidate.kink),
              sigmas,
              candidate.result.coefficients(),
              spread)
          : 0;
    }

    private double[] column(int c, double kink) {
      return c == 1 && kink > 0
          ? Arrays.stream(columns[1]).map(tokens -> Math.max(tokens, kink)).toArray()
          : columns[c];
    }

    /** The columns of free coefficients; those of fixed ones are empty. */
    private double[][] free(double kink) {
      double[][] free = new double[COLUMNS][];
      for (int c = 0; c < COLUMNS; c++) {
        free[c] = fixed.containsKey(OF_COLUMN[c]) ? new double[nanos.length] : column(c, kink);
      }
      return free;
    }

    /** What is left of the times without the fixed coefficients' parts. */
    private double[] rest(double kink) {
      double[] rest = nanos.clone();
      for (int c = 0; c < COLUMNS; c++) {
        double value = fixed.getOrDefault(OF_COLUMN[c], 0.0);
        if (value > 0) {
          double[] column = column(c, kink);
          for (int i = 0; i < rest.length; i++) {
            rest[i] -= value * column[i];
          }
        }
      }
      return rest;
    }

    private double[] times(Candidate candidate) {
      double[] rest = rest(candidate.kink);
      double[] errors =
          RobustRegression.errors(
              free(candidate.kink), rest, ones(), candidate.result.coefficients());
      return IntStream.range(0, nanos.length)
          .mapToDouble(i -> Math.max(1, nanos[i] - errors[i]))
          .toArray();
    }

    private double[] ones() {
      double[] ones = new double[nanos.length];
      Arrays.fill(ones, 1);
      return ones;
    }

    private StepModel model(
        double kink,
        double[][] sides,
        double[] rest,
        double[] values,
        RobustRegression.Result result) {
      RobustRegression.Precision precision =
          RobustRegression.precision(sides, rest, sigmas, result);
      // What was known, and taken off the times, is part of the model all the same.
      values[COLUMNS - 1] += overhead;
      Map<Coefficient, Term> terms = new EnumMap<>(Coefficient.class);
      for (int a = 0; a <= COLUMNS; a++) {
        Set<Coefficient> partners = EnumSet.noneOf(Coefficient.class);
        for (int b = 0; b <= COLUMNS; b++) {
          if (precision.partners()[a][b]) {
            partners.add(OF_COLUMN[b]);
          }
        }
        terms.put(OF_COLUMN[a], new Term(values[a], precision.standardErrors()[a], partners));
      }
      return new StepModel(terms, kink, result.spread());
    }
  }
}
