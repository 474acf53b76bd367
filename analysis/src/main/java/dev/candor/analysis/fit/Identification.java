package dev.candor.analysis.fit;

import dev.candor.analysis.fit.FittedValue.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which coefficients the rows tell, and the model of those. <b>For one thread.</b> */
final class Identification {
  /*
   * A coefficient whose 95 % interval is wider than half its value each way is not known, unless it
   * hardly matters. The worst of these is set to what the base profile says, and the rest fitted
   * anew, until all that are left are known: where two are mixed up, one of them goes, and the other
   * then stands for both, which is said.
   */
  private static final double WIDEST = 0.5;
  private static final double NEGLIGIBLE = 0.02;

  /** Those that can be set to something; in this order where they are equally unsure. */
  private static final List<Coefficient> DISPENSABLE =
      List.of(
          Coefficient.PER_TOKEN_PAIR,
          Coefficient.PER_CONTEXT_TOKEN,
          Coefficient.PER_SEQUENCE,
          Coefficient.PER_PREFILL_TOKEN);

  private final List<StepRow> rows;
  private final double overheadNanos;
  private final Map<Coefficient, Double> otherwise;
  private final LoadSeen load;
  private final Map<Coefficient, Double> fixed = new EnumMap<>(Coefficient.class);
  private final Map<Coefficient, Set<Coefficient>> mixed = new EnumMap<>(Coefficient.class);
  private StepModel model;

  private Identification(
      List<StepRow> rows, double overheadNanos, Map<Coefficient, Double> otherwise) {
    this.rows = rows;
    this.overheadNanos = overheadNanos;
    this.otherwise = otherwise;
    load = LoadSeen.of(rows);
    model = StepModel.of(rows, overheadNanos, fixed);
  }

  /**
   * Finds out.
   *
   * @param overheadNanos NaN where it is to be fitted too
   * @param otherwise values of what the rows do not tell, 0 where it has none
   */
  static Identification of(
      List<StepRow> rows, double overheadNanos, Map<Coefficient, Double> otherwise) {
    Identification identification = new Identification(rows, overheadNanos, otherwise);
    identification.run();
    return identification;
  }

  StepModel model() {
    return model;
  }

  private void run() {
    StepModel whole = model;
    for (Coefficient each : DISPENSABLE) {
      if (isUnknown(whole, each)) {
        mixed.put(each, unsurePartners(whole, each));
      }
    }
    while (true) {
      StepModel now = model;
      Coefficient worst =
          DISPENSABLE.stream()
              .filter(each -> !fixed.containsKey(each) && isUnknown(now, each))
              .max(Comparator.comparingDouble(each -> relativeWidth(now, each)))
              .orElse(null);
      if (worst == null) {
        return;
      }
      fixed.put(worst, otherwise.getOrDefault(worst, 0.0));
      model = StepModel.of(rows, overheadNanos, fixed);
    }
  }

  private Set<Coefficient> unsurePartners(StepModel whole, Coefficient each) {
    return whole.term(each).partners().stream()
        .filter(partner -> relativeWidth(whole, partner) > WIDEST)
        .collect(Collectors.toSet());
  }

  private boolean isUnknown(StepModel of, Coefficient each) {
    return relativeWidth(of, each) > WIDEST && !isNegligible(of, each);
  }

  private static double relativeWidth(StepModel of, Coefficient each) {
    StepModel.Term term = of.term(each);
    double width = term.halfWidth() / term.value();
    // Infinite ones are told apart by their error.
    return Double.isNaN(width) || width > 1e6 ? 1e6 : width;
  }

  /** Whether even the interval's end adds little to every step. */
  private boolean isNegligible(StepModel of, Coefficient each) {
    StepModel.Term term = of.term(each);
    double high = term.value() + term.halfWidth();
    if (Double.isInfinite(high)) {
      return false;
    }
    return rows.stream().allMatch(row -> high * count(each, row) <= NEGLIGIBLE * of.nanos(row));
  }

  private static double count(Coefficient coefficient, StepRow row) {
    return switch (coefficient) {
      case PER_PREFILL_TOKEN -> row.prefillTokens();
      case PER_CONTEXT_TOKEN -> row.contextTokens();
      case PER_SEQUENCE -> row.batch();
      case PER_TOKEN_PAIR -> row.tokenPairs();
      case BASE, FLOOR, JITTER, REQUEST_OVERHEAD -> 1;
    };
  }

  /** All coefficients of the formula. */
  List<FittedValue> values() {
    List<FittedValue> values = new ArrayList<>();
    values.add(floor());
    values.add(plain(Coefficient.BASE));
    for (Coefficient each :
        List.of(
            Coefficient.PER_PREFILL_TOKEN,
            Coefficient.PER_CONTEXT_TOKEN,
            Coefficient.PER_SEQUENCE,
            Coefficient.PER_TOKEN_PAIR)) {
      values.add(plain(each));
    }
    return values;
  }

  private FittedValue floor() {
    if (model.kinkTokens() > 0) {
      return plain(Coefficient.FLOOR);
    }
    return new FittedValue(
        Coefficient.FLOOR,
        0,
        0,
        model.value(Coefficient.BASE),
        Status.NOT_IDENTIFIED,
        "never shows: at most base, and then without effect on these loads");
  }

  private FittedValue plain(Coefficient each) {
    StepModel.Term term = model.term(each);
    if (fixed.containsKey(each)) {
      return new FittedValue(
          each,
          term.value(),
          0,
          Double.POSITIVE_INFINITY,
          Status.NOT_IDENTIFIED,
          withPartners(mixed.get(each)) + load.advice(each));
    }
    double low = Math.max(0, term.value() - term.halfWidth());
    double high = term.value() + term.halfWidth();
    FittedValue value = new FittedValue(each, term.value(), low, high, Status.FITTED, "");
    if (relativeWidth(model, each) > WIDEST) {
      return isNegligible(model, each)
          ? value.with(Status.NEGLIGIBLE, "adds less than 2 % to any step")
          : value.with(Status.NOT_IDENTIFIED, withPartners(term.partners()) + load.advice(each));
    }
    Set<Coefficient> gone =
        fixed.keySet().stream()
            .filter(other -> mixed.getOrDefault(other, Set.of()).contains(each))
            .collect(Collectors.toSet());
    return gone.isEmpty()
        ? value
        : value.with(
            Status.COMBINED, "stands for " + words(gone) + " too, which goes with it in all steps");
  }

  private static String withPartners(@Nullable Set<Coefficient> partners) {
    return partners == null || partners.isEmpty()
        ? ""
        : "not to be told from " + words(partners) + "; ";
  }

  private static String words(Set<Coefficient> coefficients) {
    return coefficients.stream()
        .sorted()
        .map(Coefficient::key)
        .collect(Collectors.joining(" and "));
  }
}
