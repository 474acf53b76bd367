package dev.candor.analysis.warning;

import dev.candor.analysis.warning.EarlyWarning.Lead;
import dev.candor.analysis.warning.EarlyWarning.Row;
import dev.candor.analysis.warning.EarlyWarning.Trouble;
import dev.candor.base.stats.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One signal: its level in good times, its onsets, and how far ahead of trouble they were. */
final class SignalFigures {
  /** vLLM and others preempt, or stop admitting, when the last blocks are taken. */
  private static final double KV_FULL = 0.9;

  private static final int ENOUGH_GOOD = 10;
  private static final int LEVEL_OF = 3;

  private final SignalSeries series;
  private final @Nullable Double elsewhere;

  /**
   * @param good the stretches without trouble
   */
  SignalFigures(SignalSeries series, List<Stretch> good) {
    this.series = series;
    List<double[]> parts = good.stream().map(each -> part(each.from(), each.to())).toList();
    long known =
        parts.stream()
            .flatMapToDouble(Arrays::stream)
            .filter(value -> !Double.isNaN(value))
            .count();
    elsewhere = known < ENOUGH_GOOD ? null : highest(parts);
  }

  private double[] part(int from, int to) {
    int length = series.values().length;
    int begin = Math.min(from, length);
    return Arrays.copyOfRange(series.values(), begin, Math.clamp(to, begin, length));
  }

  Row row(Map<Stretch, Trouble> troubled) {
    List<double[]> goodParts = new ArrayList<>();
    List<Integer> onsets = new ArrayList<>();
    List<Trouble> led = new ArrayList<>();
    troubled.forEach(
        (stretch, trouble) -> {
          int onset = onset(stretch);
          goodParts.add(good(stretch, trouble, onset));
          if (onset >= 0) {
            onsets.add(onset);
            led.add(trouble);
          }
        });
    Double here = highest(goodParts);
    Double good = elsewhere == null ? here : elsewhere;
    if (good != null && here != null) {
      good = Math.max(good, here);
    }
    Double level =
        onsets.stream().map(this::level).filter(Objects::nonNull).min(Double::compare).orElse(null);
    Double alertAt = null;
    if (good != null && level != null && level >= series.signal().above(good)) {
      alertAt = series.signal().between(good, level);
    }
    return new Row(
        series.signal(),
        good,
        level,
        onsets.isEmpty() ? null : Double.valueOf(series.knownAt()[onsets.getFirst()]),
        onsets.size(),
        lead(onsets, led, Trouble::firstMissS),
        lead(onsets, led, Trouble::missedS),
        lead(onsets, led, Trouble::firstErrorS),
        alertAt);
  }

  /** The second of the onset in a stretch, -1 without one. */
  private int onset(Stretch stretch) {
    double[] values = part(stretch.from(), stretch.to());
    int found;
    if (series.signal() == Signal.KV_USAGE) {
      found = Onsets.above(values, KV_FULL);
    } else if (elsewhere != null) {
      found = Onsets.above(values, Math.nextDown(series.signal().above(elsewhere)));
    } else {
      found = Onsets.shift(series.signal(), values);
    }
    return found < 0 ? -1 : stretch.from() + found;
  }

  /**
   * What of a stretch was good. Where its load changes, half of the way to its trouble: a signal
   * that is up by then tells of the load alone. Where it does not, the pressure of which the
   * trouble comes is there from the start, and good is what was before the onset.
   */
  private double[] good(Stretch stretch, Trouble trouble, int onset) {
    int from = stretch.from();
    double end = Math.min(trouble.missedS(), firstOf(trouble.firstErrorS(), trouble.missedS()));
    if (!stretch.steady()) {
      return part(from, from + (int) Math.max(0, (end - from) / 2));
    }
    int before = (int) Math.max(from, end);
    return part(from, onset < 0 ? before : Math.min(before, onset));
  }

  private static double firstOf(@Nullable Double one, double other) {
    return one == null ? other : one;
  }

  /** The median of the onset's first three known seconds. */
  private @Nullable Double level(int onset) {
    double[] known =
        Arrays.stream(series.values(), onset, series.values().length)
            .filter(value -> !Double.isNaN(value))
            .limit(LEVEL_OF)
            .toArray();
    return known.length == 0 ? null : Double.valueOf(Median.of(known));
  }

  /** The highest median of three seconds one after another; null where there are not as many. */
  private static @Nullable Double highest(List<double[]> parts) {
    Double highest = null;
    for (double[] part : parts) {
      double[] known = Arrays.stream(part).filter(value -> !Double.isNaN(value)).toArray();
      for (int i = 0; i + LEVEL_OF <= known.length; i++) {
        double middle = Median.of(Arrays.copyOfRange(known, i, i + LEVEL_OF));
        highest = highest == null ? middle : Math.max(highest, middle);
      }
    }
    return highest;
  }

  private @Nullable Lead lead(
      List<Integer> onsets, List<Trouble> troubles, Function<Trouble, @Nullable Double> outcome) {
    List<Double> leads = new ArrayList<>();
    for (int i = 0; i < onsets.size(); i++) {
      Double instant = outcome.apply(troubles.get(i));
      if (instant != null) {
        leads.add(instant - series.knownAt()[onsets.get(i)]);
      }
    }
    double[] all = leads.stream().mapToDouble(Double::doubleValue).toArray();
    return all.length == 0
        ? null
        : new Lead(Median.of(all), Arrays.stream(all).min().orElse(Double.NaN));
  }
}
