package dev.candor.analysis.history;

import dev.candor.base.stats.MannKendall;
import dev.candor.base.stats.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of run after run, and where its level changed.
 *
 * @param marks one a value
 * @param p of a trend over all of them by Mann and Kendall's test, null where there are too few
 */
public record Trend(List<Mark> marks, @Nullable Double p) {
  /*
   * Each value is held against the median of those before it, since the last change of level, 20 at
   * most. It is off where it is further away than four robust standard deviations (1.4826 · MAD) of
   * these, and than 5 % of the median: few runs that happen to agree would else make every next one
   * stand out. Five values are needed for it. One that is off alone is an outlier. Where the next is
   * off in the same direction too, the level has changed, and counting begins anew at the first of
   * both: so a change is marked once, at the run that brought it.
   */
  private static final int FEWEST = 5;
  private static final int MOST = 20;
  private static final double DEVIATIONS = 4;
  private static final double LEAST = 0.05;
  private static final int FEWEST_FOR_TREND = 8;

  public Trend {
    marks = List.copyOf(marks);
  }

  /** What a value is to those before it. */
  public enum Kind {
    /** There are too few before it. */
    EARLY,
    USUAL,
    /** It alone is off. */
    OUTLIER,
    /** From it on the level is another; or it is the last, and off. */
    CHANGE
  }

  /**
   * @param median of those before it, null where there are too few
   * @param change from it, relative; null where that is unknown
   */
  public record Mark(Kind kind, @Nullable Double median, @Nullable Double change) {}

  /** Of {@code values}, in their order. */
  public static Trend of(double[] values) {
    List<Mark> marks = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < values.length; i++) {
      if (i - begin < FEWEST) {
        marks.add(new Mark(Kind.EARLY, null, null));
        continue;
      }
      double[] before = usual(values, marks, begin, i);
      double median = Median.of(before);
      int off = off(values[i], before, median);
      Double change = median == 0 ? null : (Double) (values[i] / median - 1);
      boolean last = i == values.length - 1;
      if (off == 0) {
        marks.add(new Mark(Kind.USUAL, median, change));
      } else if (last || off(values[i + 1], before, median) == off) {
        marks.add(new Mark(Kind.CHANGE, median, change));
        begin = i;
      } else {
        marks.add(new Mark(Kind.OUTLIER, median, change));
      }
    }
    Double p =
        values.length < FEWEST_FOR_TREND ? null : (Double) MannKendall.independent(values).p();
    return new Trend(marks, p);
  }

  /**
   * Those before it that were no outliers; there are always some, as the first are taken as they
   * are.
   */
  private static double[] usual(double[] values, List<Mark> marks, int begin, int end) {
    double[] usual = new double[end - begin];
    int many = 0;
    for (int i = Math.max(begin, end - MOST); i < end; i++) {
      if (marks.get(i).kind() != Kind.OUTLIER) {
        usual[many++] = values[i];
      }
    }
    return Arrays.copyOf(usual, Math.max(1, many));
  }

  /** 1 or −1 where it is above or below what is usual, else 0. */
  private static int off(double value, double[] before, double median) {
    double away = value - median;
    double reach = Math.max(DEVIATIONS * Median.spread(before), LEAST * Math.abs(median));
    return Math.abs(away) > reach ? (int) Math.signum(away) : 0;
  }
}
