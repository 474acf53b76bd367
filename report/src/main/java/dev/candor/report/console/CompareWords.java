package dev.candor.report.console;

import dev.candor.analysis.compare.ComparedMetric;
import dev.candor.analysis.compare.RunComparison;
import dev.candor.analysis.compare.RunComparison.Change;
import dev.candor.analysis.compare.RunComparison.Difference;
import dev.candor.analysis.compare.RunComparison.Needed;
import dev.candor.analysis.compare.RunComparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A comparison's figures and sentences, as every form of it shows them. */
public final class CompareWords {
  private static final double MOST_TIMES = 100;

  private CompareWords() {}

  /** A figure with its unit. */
  public static String value(ComparedMetric metric, @Nullable Double value) {
    if (value == null) {
      return "n/a";
    }
    return switch (metric.kind()) {
      case TIME -> Figures.ms(value);
      case RATE -> Figures.number(value) + "/s";
      case MONEY -> Figures.money(value);
      case SHARE -> Figures.percent(value);
    };
  }

  /** {@code +2.1 %}, of shares {@code -0.40 pt}. */
  public static String change(ComparedMetric metric, @Nullable Double change) {
    return change == null ? "" : number(metric, change) + " " + unit(metric);
  }

  /** How much it changed in its own unit: {@code +1.7 ms}. */
  public static String difference(Change change) {
    Double base = change.base();
    Double side = change.side();
    if (base == null || side == null) {
      return "";
    }
    double difference = side - base;
    String sign = difference < 0 ? "-" : "+";
    return sign + value(change.metric(), Math.abs(difference));
  }

  /** {@code -1.0 to +3.1 %}. */
  public static String interval(Change change) {
    Double low = change.low();
    Double high = change.high();
    return low == null || high == null
        ? ""
        : number(change.metric(), low)
            + " to "
            + number(change.metric(), high)
            + " "
            + unit(change.metric());
  }

  private static String number(ComparedMetric metric, double change) {
    double percent = 100 * change;
    return String.format(
        Locale.ROOT,
        metric.kind() == ComparedMetric.Kind.SHARE
            ? "%+.2f"
            : Math.abs(percent) < 100 ? "%+.1f" : "%+.0f",
        percent);
  }

  private static String unit(ComparedMetric metric) {
    return metric.kind() == ComparedMetric.Kind.SHARE ? "pt" : "%";
  }

  /** The word, or what is missing. */
  public static String verdict(Change change) {
    return switch (change.verdict()) {
      case BETTER, SAME -> change.verdict().key();
      case WORSE -> "WORSE";
      case UNDECIDED -> "undecided";
      case UNKNOWN -> unknown(change);
    };
  }

  private static String unknown(Change change) {
    long fewest = Math.min(change.baseSamples(), change.sideSamples());
    return change.metric().isPercentile() && fewest > 0
        ? "n/a (%,d samples)".formatted(fewest)
        : "n/a";
  }

  /** Whether either side knows anything of it. */
  public static boolean isShown(Change change) {
    boolean known = change.base() != null || change.side() != null;
    return known || (change.metric().isPercentile() && change.baseSamples() > 0);
  }

  /** What it takes to decide; nothing where that is decided. */
  public static String needed(Change change) {
    if (change.verdict() != Verdict.UNDECIDED) {
      return "";
    }
    Needed needed = change.needed();
    if (needed == null || needed.times() > MOST_TIMES) {
      return "over 100x";
    }
    String times =
        String.format(Locale.ROOT, needed.times() < 10 ? "%.1fx" : "%.0fx", needed.times());
    Long runs = needed.runs();
    return runs == null
        ? "%s: %s samples".formatted(times, samples(needed.samples()))
        : "%s: %d runs a side".formatted(times, runs);
  }

  private static String samples(@Nullable Long samples) {
    return samples == null ? "?" : Quantities.count(samples);
  }

  /** {@code load[0].users: 10 -> 20}. */
  public static String difference(Difference difference) {
    return "%s: %s -> %s"
        .formatted(
            difference.key(),
            difference.base() == null ? "not set" : difference.base(),
            difference.side() == null ? "not set" : difference.side());
  }

  /** What a reader must know of how the verdicts came about. */
  public static List<String> notes(RunComparison comparison) {
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            Locale.ROOT,
            "%d figures judged together: with %s %% there is no false alarm among them; changes under %s %%, of shares %s points, are not worth one",
            comparison.tests(),
            percent(1 - comparison.options().level()),
            percent(comparison.options().leastEffect()),
            percent(comparison.options().leastShare())));
    boolean shared =
        comparison.sides().stream()
            .flatMap(side -> side.phases().stream())
            .anyMatch(RunComparison.PhaseChanges::sharedSchedule);
    if (shared) {
      notes.add(
          "the runs were asked the same at the same instants, by the same seed: what chance made of the load is in both, and is no doubt about what changed");
    }
    if (!comparison.betweenRuns()) {
      notes.add(
          "one run a side: how much runs of the same differ from each other is not seen, so that what changed may be the day rather than the service; name several (A,B C,D) to see it");
    }
    return notes;
  }

  private static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.2f", 100 * share);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** {@code 1 worse, 3 same, 12 undecided}. */
  public static String counts(RunComparison comparison) {
    return List.of(Verdict.WORSE, Verdict.BETTER, Verdict.SAME, Verdict.UNDECIDED, Verdict.UNKNOWN)
        .stream()
        .filter(verdict -> comparison.count(verdict) > 0 || verdict == Verdict.WORSE)
        .map(verdict -> comparison.count(verdict) + " " + verdict.key())
        .collect(Collectors.joining(", "));
  }
}
