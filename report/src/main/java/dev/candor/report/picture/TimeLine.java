package dev.candor.report.picture;

import dev.candor.analysis.Analysis.Window;
import dev.candor.report.picture.Lines.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The seconds of a run as the x of pictures. Of a long run several seconds are one stretch, as a
 * picture has no room for more: it shows the highest of a latency, so that no stall is lost, and
 * the mean of all else.
 */
public final class TimeLine {
  private static final int MOST_STRETCHES = 720;

  /** More are no marks, but a pattern. */
  private static final int MOST_PHASES = 60;

  private final List<List<Window>> stretches = new ArrayList<>();
  private final List<Double> at;
  private final List<Span> spans;
  private final int seconds;

  /** All seconds of a run, in order. */
  public TimeLine(List<Window> windows) {
    seconds = Math.max(1, (windows.size() + MOST_STRETCHES - 1) / MOST_STRETCHES);
    for (int from = 0; from < windows.size(); from += seconds) {
      stretches.add(windows.subList(from, Math.min(windows.size(), from + seconds)));
    }
    at = stretches.stream().map(stretch -> (double) stretch.getFirst().second()).toList();
    spans = new ArrayList<>(phases(windows));
    Band.of(windows).forEach(band -> spans.add(band.span()));
  }

  /** How its data were thinned, in a sentence; empty where they were not. */
  public String thinned() {
    return seconds == 1
        ? ""
        : " A point is %d s: the highest of a latency, the mean of all else.".formatted(seconds);
  }

  /** Phases, and what is shaded. */
  List<Span> spans() {
    return Collections.unmodifiableList(spans);
  }

  /** A line of the highest value of each stretch. */
  Series highest(String name, Function<Window, @Nullable Double> value) {
    return series(name, value, false, true);
  }

  /** A line of the mean of each stretch. */
  Series mean(String name, Function<Window, @Nullable Double> value) {
    return series(name, value, false, false);
  }

  /** The same, of the axis on the right. */
  Series meanOnTheRight(String name, Function<Window, @Nullable Double> value) {
    return series(name, value, true, false);
  }

  /** Lines over time. */
  Lines lines(PlotAxis y, @Nullable PlotAxis right, List<Series> series) {
    return new Lines(PlotAxis.time(), at, y, right, series, spans(), List.of());
  }

  /** Lines over time, of one axis. */
  Lines lines(PlotAxis y, Series... series) {
    return lines(y, null, Arrays.asList(series));
  }

  private Series series(
      String name, Function<Window, @Nullable Double> value, boolean right, boolean highest) {
    List<@Nullable Double> values = new ArrayList<>();
    for (List<Window> stretch : stretches) {
      double sum = 0;
      double most = 0;
      int known = 0;
      for (Window window : stretch) {
        // Nothing is known of a second that was lost, and nothing is not zero.
        Double found = window.dead() ? null : value.apply(window);
        if (found != null) {
          most = known == 0 ? found : Math.max(most, found);
          sum += found;
          known++;
        }
      }
      values.add(known == 0 ? null : Double.valueOf(highest ? most : sum / known));
    }
    return new Series(name, Collections.unmodifiableList(values), right);
  }

  /** Stretches of measured seconds of the same phase; warm-up is shaded as such. */
  private static List<Span> phases(List<Window> windows) {
    List<Span> phases = new ArrayList<>();
    for (Window window : windows) {
      if (window.phase().isEmpty() || window.warmup()) {
        continue;
      }
      Span last = phases.isEmpty() ? null : phases.getLast();
      if (last != null && last.name().equals(window.phase()) && last.to() == window.second()) {
        phases.set(
            phases.size() - 1,
            new Span(last.from(), window.second() + 1, last.name(), Span.Kind.PHASE));
      } else {
        phases.add(new Span(window.second(), window.second() + 1, window.phase(), Span.Kind.PHASE));
      }
    }
    return phases.size() > MOST_PHASES ? List.of() : phases;
  }
}
