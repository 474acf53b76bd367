package dev.candor.corpus.shape;

/**
 * How far two empirical distributions are from each other.
 *
 * @param wasserstein W₁: the area between their distribution functions, in the quantity's unit; the
 *     mean way that values must move to turn one into the other (S. S. Vallender, "Calculation of
 *     the Wasserstein distance between probability distributions on the line", 1974)
 * @param kolmogorovSmirnov D: the largest gap between the functions, from 0 to 1 (F. J. Massey,
 *     "The Kolmogorov–Smirnov test for goodness of fit", 1951)
 */
public record Distance(double wasserstein, double kolmogorovSmirnov) {

  /** Between {@code a} and {@code b}; the other way round it is the same. */
  public static Distance between(EmpiricalDistribution a, EmpiricalDistribution b) {
    double area = 0;
    double largest = 0;
    double gap = 0;
    double from = Math.min(a.value(0), b.value(0));
    int i = 0;
    int j = 0;
    while (i < a.distinct() || j < b.distinct()) {
      double x = i < a.distinct() ? a.value(i) : Double.POSITIVE_INFINITY;
      double y = j < b.distinct() ? b.value(j) : Double.POSITIVE_INFINITY;
      double at = Math.min(x, y);
      area += gap * (at - from);
      from = at;
      if (x == at) {
        i++;
      }
      if (y == at) {
        j++;
      }
      gap = Math.abs(a.shareUpTo(i - 1) - b.shareUpTo(j - 1));
      largest = Math.max(largest, gap);
    }
    return new Distance(area, largest);
  }
}
