package dev.candor.analysis.fit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Coefficients as text. */
public final class ValueText {
  private static final MathContext DIGITS = new MathContext(5);

  private ValueText() {}

  /** As in a profile's file: {@code 8.5657ms}, {@code 42.644ns}; of jitter the number alone. */
  public static String of(Coefficient coefficient, double value) {
    return coefficient == Coefficient.JITTER
        ? String.format(Locale.ROOT, "%.4f", value)
        : nanos(value);
  }

  /** {@code 8.5603ms to 8.5709ms}. */
  public static String interval(FittedValue value) {
    return of(value.coefficient(), value.low()) + " to " + of(value.coefficient(), value.high());
  }

  private static String nanos(double nanos) {
    if (Double.isInfinite(nanos)) {
      return "any";
    }
    if (nanos < 0.001) {
      return "0";
    }
    if (nanos >= 1e6) {
      return digits(nanos / 1e6) + "ms";
    }
    return nanos >= 1e3 ? digits(nanos / 1e3) + "us" : digits(nanos) + "ns";
  }

  private static String digits(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
