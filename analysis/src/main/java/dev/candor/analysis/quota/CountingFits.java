package dev.candor.analysis.quota;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What a limit of tokens counts: the hypotheses, and how well each explains what was seen. */
public final class CountingFits {
  /** Requests by which another way to count must be worse. */
  private static final double CLEARLY = 0.1;

  private CountingFits() {}

  /**
   * A fit for each way to count tokens, the one that explains best first. Where requests of one
   * shape alone were asked, ways that differ by a factor only explain them equally well; then the
   * order is that of {@link Counting}.
   *
   * @param before what passed earlier: a way to count by which it could not have passed is left out
   * @param fresh as for {@link LimitFit#of}
   */
  public static List<LimitFit> ranked(List<Ask> before, List<Ask> asks, boolean fresh) {
    List<LimitFit> fits = new ArrayList<>();
    for (Counting counting : Counting.values()) {
      if (counting != Counting.REQUESTS) {
        LimitFit fit = LimitFit.of(asks, counting, fresh);
        if (fit != null && fit.allows(before)) {
          fits.add(fit);
        }
      }
    }
    fits.sort(Comparator.comparingDouble(LimitFit::misfit));
    return List.copyOf(fits);
  }

  /** Whether the best of {@code ranked} explains what was seen, and none other nearly as well. */
  public static boolean decided(List<LimitFit> ranked) {
    return !ranked.isEmpty()
        && ranked.getFirst().explains()
        && (ranked.size() == 1
            || Objects.requireNonNull(ranked.get(1)).misfit()
                > ranked.getFirst().misfit() + CLEARLY);
  }
}
