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
    Double highest = null;
    for (double[] part : parts) {
      highest = higher(highest, highest(part));
    }
    elsewhere = known < ENOUGH_GOOD ? null : highest;
  }

  private double[] part(int from, int to) {
    int length = series.values().length;
    int begin = Math.min(from, length);
    return Arrays.copyOfRange(series.values(), begin, Math.clamp(to, begin, length));
  }

  Row row(Map<Stretch, Trouble> troubled) {
    List<Integer> onsets = new ArrayList<>();
    List<Trouble> led = new ArrayList<>();
    Double good = elsewhere;
    for (Map.Entry<Stretch, Trouble> each : troubled.entrySet()) {
      Stretch stretch = each.getKey();
      int half = halfway(stretch, each.getValue());
      Double climb = stretch.steady() ? null : highest(part(stretch.from(), half));
      int onset = onset(stretch, higher(elsewhere, climb));
      int quietUntil = onset < 0 ? (int) each.getValue().missedS() : onset;
      Double here = stretch.steady() ? highest(part(stretch.from(), quietUntil)) : climb;
      good = higher(good, here);
      if (onset >= 0) {
        onsets.add(onset);
        led.add(each.getValue());
      }
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
  private int onset(Stretch stretch, @Nullable Double good) {
    double[] values = part(stretch.from(), stretch.to());
    int found;
    if (series.signal() == Signal.KV_USAGE) {
      found = Onsets.above(values, KV_FULL);
    } else if (good != null) {
      found = Onsets.above(values, Math.nextDown(series.signal().above(good)));
    } else {
      found = Onsets.shift(series.signal(), values);
    }
    return found < 0 ? -1 : stretch.from() + found;
  }

  /**
   * Up to which second a stretch was good whose load changes: what is up by then tells of the load
   * alone. Where it does not change, the pressure of which the trouble comes is there from the
   * start, and good is what was before the onset.
   */
  private static int halfway(Stretch stretch, Trouble trouble) {
    Double error = trouble.firstErrorS();
    double end = error == null ? trouble.missedS() : Math.min(error, trouble.missedS());
    return stretch.from() + (int) Math.max(0, (end - stretch.from()) / 2);
  }

  private static @Nullable Double higher(@Nullable Double one, @Nullable Double other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.max(one, other);
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
  private static @Nullable Double highest(double[] part) {
    double[] known = Arrays.stream(part).filter(value -> !Double.isNaN(value)).toArray();
    Double highest = null;
    for (int i = 0; i + LEVEL_OF <= known.length; i++) {
      highest = higher(highest, Median.of(Arrays.copyOfRange(known, i, i + LEVEL_OF)));
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
