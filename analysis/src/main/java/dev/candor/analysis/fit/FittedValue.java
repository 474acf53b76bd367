package dev.candor.analysis.fit;

/**
 * A coefficient and how far it can be trusted. Times in nanoseconds, jitter without a unit.
 *
 * @param value what the profile has; where the data say nothing, the base profile's or 0
 * @param low {@code high}: the 95 % interval
 * @param note what else is to be said: why it is not known and which load would tell, or empty
 */
public record FittedValue(
    Coefficient coefficient, double value, double low, double high, Status status, String note) {

  /** What the data say. */
  public enum Status {
    /** It is in the interval. */
    FITTED,
    /** At most the interval's end, which is less than 2 % of any step. */
    NEGLIGIBLE,
    /**
     * Only in a combination with others, which the fitted steps all have in the same proportion.
     */
    COMBINED,
    /** Nothing. */
    NOT_IDENTIFIED;

    /** The word in tables and JSON. */
    public String words() {
      return switch (this) {
        case FITTED -> "fitted";
        case NEGLIGIBLE -> "negligible";
        case COMBINED -> "combined";
        case NOT_IDENTIFIED -> "not identified";
      };
    }
  }

  FittedValue with(Status other, String otherNote) {
    return new FittedValue(coefficient, value, low, high, other, otherNote);
  }
}
