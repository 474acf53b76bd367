package dev.candor.report.picture;

import dev.candor.analysis.detail.Detail;
import dev.candor.analysis.detail.PromptPoint;
import dev.candor.report.picture.Points.Cloud;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** TTFT against what was asked: prompt tokens, what of them was cached, the turn. */
public final class PromptPictures {
  private static final int BINS = 12;

  /** Shares of the prompt below and above which it counts as not cached and as cached. */
  private static final double COLD = 0.1;

  private static final double WARM = 0.9;

  private PromptPictures() {}

  /** None where nothing is known. */
  public static List<Picture> of(Detail detail) {
    List<PromptPoint> points =
        detail.prompts().stream().filter(point -> point.inputTokens() > 0).toList();
    if (points.size() < 2) {
      return List.of();
    }
    List<Picture> pictures = new ArrayList<>();
    String drawn =
        points.size() < detail.promptsSeen()
            ? String.format(
                Locale.ROOT,
                " %,d of %,d requests, drawn at random.",
                points.size(),
                detail.promptsSeen())
            : "";
    pictures.add(
        new Picture(
            "ttft-by-prompt",
            "TTFT against input tokens",
            "A slope is prefill, which the server computes; a cloud above it waited in a queue; a"
                + " band below it came from the prefix cache."
                + drawn,
            new Points(
                PlotAxis.fromZero("input tokens", ""),
                PlotAxis.fromZero("TTFT", "ms"),
                clouds(points),
                List.of(medians(points)))));
    if (points.stream().mapToInt(PromptPoint::turn).distinct().filter(t -> t > 0).count() > 1) {
      List<PromptPoint> turns = points.stream().filter(point -> point.turn() > 0).toList();
      pictures.add(
          new Picture(
              "ttft-by-turn",
              "TTFT against the turn of the conversation",
              "Prompts grow from turn to turn. A median that does not is a cache at work." + drawn,
              new Points(
                  PlotAxis.fromZero("turn", ""),
                  PlotAxis.fromZero("TTFT", "ms"),
                  List.of(cloud("requests", turns, PromptPoint::turn)),
                  List.of(mediansByTurn(turns)))));
    }
    return pictures;
  }

  /** By what the server had of the prompt already, where it tells. */
  private static List<Cloud> clouds(List<PromptPoint> points) {
    Map<String, List<PromptPoint>> states = new LinkedHashMap<>();
    for (String name : List.of("not cached", "partly cached", "cached", "cache not told")) {
      states.put(name, new ArrayList<>());
    }
    points.forEach(point -> states.getOrDefault(state(point), new ArrayList<>()).add(point));
    List<Cloud> clouds = new ArrayList<>();
    states.forEach(
        (name, some) -> {
          if (!some.isEmpty()) {
            clouds.add(cloud(name, some, PromptPoint::inputTokens));
          }
        });
    return clouds.size() == 1
        ? List.of(new Cloud("requests", clouds.getFirst().x(), clouds.getFirst().y()))
        : clouds;
  }

  private static String state(PromptPoint point) {
    if (point.cachedTokens() < 0) {
      return "cache not told";
    }
    double share = (double) point.cachedTokens() / point.inputTokens();
    return share < COLD ? "not cached" : share > WARM ? "cached" : "partly cached";
  }

  private static Cloud cloud(String name, List<PromptPoint> points, ToIntFunction<PromptPoint> x) {
    return new Cloud(
        name,
        points.stream().map(point -> (double) x.applyAsInt(point)).toList(),
        points.stream().map(PromptPoint::ttftMs).toList());
  }

  /** Of as many requests a bin, so that none is of a few. */
  private static Cloud medians(List<PromptPoint> points) {
    List<PromptPoint> sorted =
        points.stream()
            .sorted(java.util.Comparator.comparingInt(PromptPoint::inputTokens))
            .toList();
    int size = Math.max(1, (sorted.size() + BINS - 1) / BINS);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += size) {
      List<PromptPoint> bin = sorted.subList(from, Math.min(sorted.size(), from + size));
      x.add(median(bin, PromptPoint::inputTokens));
      y.add(median(bin, PromptPoint::ttftMs));
    }
    return new Cloud("median", x, y);
  }

  private static Cloud mediansByTurn(List<PromptPoint> points) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    points.stream()
        .mapToInt(PromptPoint::turn)
        .distinct()
        .sorted()
        .forEach(
            turn -> {
              x.add((double) turn);
              y.add(
                  median(
                      points.stream().filter(point -> point.turn() == turn).toList(),
                      PromptPoint::ttftMs));
            });
    return new Cloud("median", x, y);
  }

  private static double median(List<PromptPoint> points, ToDoubleFunction<PromptPoint> value) {
    double[] sorted = points.stream().mapToDouble(value).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
