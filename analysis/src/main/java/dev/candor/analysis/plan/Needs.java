package dev.candor.analysis.plan;

import dev.candor.engine.EngineSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From what replicas were measured to do to how many of them a demand needs.
 *
 * @param capacities at least one; the first is of the traffic most like the user's
 * @param engine that would have given them, null where it is not known
 * @param itlNanos that answers may take, null: any
 */
record Needs(List<Capacity> capacities, @Nullable EngineSettings engine, @Nullable Long itlNanos) {
  /*
   * A replica that was seen to do (input, output, KV) at once can do anything that is no more in
   * each of the three. A fleet whose parts do several measured things at once can do their sum. So
   * the fewest replicas are a linear programme over the measured points: min Σ n_k, with
   * Σ n_k · point_k at least what is wanted. With one point that is the largest of three quotients;
   * with two the optimum is one of them alone or where two of the constraints meet. More points are
   * taken in pairs, which may be a little more than the optimum and never less.
   *
   * An engine's coefficients know what one point cannot: how much of a prompt's time an answer may
   * use. So where they are known, they carry the first point over to the user's mix.
   */

  private static final double SAME_MIX = 0.02;
  private static final double TIE = 0.01;

  Needs {
    capacities = List.copyOf(capacities);
  }

  Need of(Demand demand) {
    Capacity first = capacities.getFirst();
    List<Need.Part> parts = new ArrayList<>();
    for (Constraint constraint : Constraint.values()) {
      Capacity best = strongest(constraint, demand);
      double has = has(best, constraint);
      double wanted = best.wanted(demand, constraint);
      parts.add(
          new Need.Part(
              constraint,
              wanted,
              new Estimate(has * best.low(), has, has * best.high()),
              has > 0 ? wanted / has : wanted > 0 ? Double.POSITIVE_INFINITY : 0));
    }
    boolean same = alike(first.mix(), demand.mix());
    EngineSettings known = engine;
    if (known != null && capacities.size() == 1 && !same) {
      EngineLimits measured = EngineLimits.of(known, first.mix(), itlNanos);
      EngineLimits wanted = EngineLimits.of(known, demand.mix(), itlNanos);
      double each = first.requestsPerS() * wanted.requestsPerS() / measured.requestsPerS();
      double replicas = demand.requestsPerS() / each;
      return new Need(
          new Estimate(replicas / first.high(), replicas, replicas / first.low()),
          parts,
          words(wanted),
          "the engine's formula from the measured rates");
    }
    Estimate replicas =
        new Estimate(
            fewest(demand, Side.HIGH), fewest(demand, Side.LIKELY), fewest(demand, Side.LOW));
    return new Need(
        replicas,
        parts,
        known != null
            ? words(EngineLimits.of(known, demand.mix(), itlNanos))
            : binding(parts, same),
        capacities.size() == 1 ? "the measured rates" : "the measured rates of several runs");
  }

  private static String words(EngineLimits limits) {
    return String.format(
        Locale.ROOT,
        "%s: saturated, the batch ends at %.0f requests by %s, and 10 %% faster prefill would serve %.1f %% more, decode %.1f %%, a 10 %% larger KV cache %.1f %%",
        limits.binding().key(),
        limits.batch(),
        limits.bound().text(),
        10 * limits.gain(Constraint.PREFILL),
        10 * limits.gain(Constraint.DECODE),
        10 * limits.gain(Constraint.KV));
  }

  private static String binding(List<Need.Part> parts, boolean same) {
    List<Need.Part> sorted =
        parts.stream().sorted(Comparator.comparingDouble(Need.Part::replicas).reversed()).toList();
    if (same && sorted.getLast().replicas() > sorted.getFirst().replicas() * (1 - 5 * TIE)) {
      return "the mix is the measured one, so that all are used up together; a profile (candor fit, --profile) tells which is first";
    }
    Need.Part first = sorted.getFirst();
    Need.Part second = sorted.get(1);
    return second.replicas() > first.replicas() * (1 - TIE)
        ? "%s and %s alike".formatted(first.constraint().key(), second.constraint().key())
        : first.constraint().key();
  }

  /** Whether both are of about the same lengths, the cache's share included. */
  static boolean alike(Mix a, Mix b) {
    return sameLengths(a, b) && close(a.computedInput(), b.computedInput());
  }

  static boolean sameLengths(Mix a, Mix b) {
    return close(a.input(), b.input()) && close(a.output(), b.output());
  }

  private static boolean close(double a, double b) {
    return Math.abs(a - b) <= SAME_MIX * Math.max(a, b);
  }

  private Capacity strongest(Constraint constraint, Demand demand) {
    return capacities.stream()
        .min(
            Comparator.comparingDouble(
                each ->
                    has(each, constraint) > 0
                        ? each.wanted(demand, constraint) / has(each, constraint)
                        : Double.MAX_VALUE))
        .orElseThrow();
  }

  /**
   * What one replica was seen to do; of the KV cache also what it can hold, as a run of short
   * contexts does not show that. The operating point leaves as much of it free as of the knee.
   */
  private double has(Capacity capacity, Constraint constraint) {
    double seen = capacity.of(constraint);
    EngineSettings known = engine;
    if (constraint != Constraint.KV || known == null || capacities.size() == 1) {
      return seen;
    }
    double holds = (double) known.kvCache().blocks() * known.kvCache().blockSize();
    return Math.max(seen, capacity.share() * holds);
  }

  private enum Side {
    LOW,
    LIKELY,
    HIGH;

    double of(Capacity capacity) {
      return switch (this) {
        case LOW -> capacity.low();
        case LIKELY -> 1;
        case HIGH -> capacity.high();
      };
    }
  }

  /** The linear programme's value where capacities lie at {@code side}. */
  private double fewest(Demand demand, Side side) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < capacities.size(); i++) {
      double[] a = point(capacities.get(i), demand, side);
      best = Math.min(best, alone(a));
      for (int j = i + 1; j < capacities.size(); j++) {
        best = Math.min(best, together(a, point(capacities.get(j), demand, side)));
      }
    }
    return best;
  }

  /** What one replica does, as shares of what is wanted: 1 is all of it. */
  private double[] point(Capacity capacity, Demand demand, Side side) {
    Constraint[] all = Constraint.values();
    double[] shares = new double[all.length];
    for (int c = 0; c < all.length; c++) {
      double wanted = capacity.wanted(demand, all[c]);
      shares[c] = wanted > 0 ? has(capacity, all[c]) * side.of(capacity) / wanted : 1e12;
    }
    return shares;
  }

  private static double alone(double[] a) {
    double most = 0;
    for (double share : a) {
      most = Math.max(most, share > 0 ? 1 / share : Double.POSITIVE_INFINITY);
    }
    return most;
  }

  /** The best corner of two constraints where some replicas do {@code a} and some {@code b}. */
  private static double together(double[] a, double[] b) {
    double best = Double.POSITIVE_INFINITY;
    for (int c = 0; c < a.length; c++) {
      for (int d = c + 1; d < a.length; d++) {
        double determinant = a[c] * b[d] - a[d] * b[c];
        double x = (b[d] - b[c]) / determinant;
        double y = (a[c] - a[d]) / determinant;
        if (x >= 0 && y >= 0 && enough(a, x, b, y)) {
          best = Math.min(best, x + y);
        }
      }
    }
    return best;
  }

  private static boolean enough(double[] a, double x, double[] b, double y) {
    for (int c = 0; c < a.length; c++) {
      if (a[c] * x + b[c] * y < 1 - 1e-9) {
        return false;
      }
    }
    return true;
  }
}
