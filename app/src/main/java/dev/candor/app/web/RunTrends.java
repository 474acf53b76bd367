package dev.candor.app.web;

import dev.candor.app.web.RunFacts.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A figure from run to run. */
final class RunTrends {
  static final String USUAL = "ttft.p99";

  private RunTrends() {}

  /**
   * Members of the answer.
   *
   * @param tag that runs must have, null: any
   */
  static Map<String, @Nullable Object> of(
      List<RunFacts> runs, @Nullable String tag, String figure) {
    List<RunFacts> finished =
        runs.stream()
            .filter(run -> run.state() == State.FINISHED && run.start() != null)
            .sorted(Comparator.comparing(run -> Objects.requireNonNull(run.start())))
            .toList();
    TreeSet<String> tags = new TreeSet<>();
    TreeSet<String> figures = new TreeSet<>();
    List<Map<String, @Nullable Object>> points = new ArrayList<>();
    String currency = null;
    for (RunFacts run : finished) {
      tags.addAll(run.tags());
      figures.addAll(run.figures().keySet());
      currency = run.currency() == null ? currency : run.currency();
      Double value = run.figures().get(figure);
      if (value != null && (tag == null || run.tags().contains(tag))) {
        points.add(
            Json.members(
                "id", run.id(),
                "start", String.valueOf(run.start()),
                "scenario", run.scenario(),
                "verdict", run.verdict(),
                "value", value));
      }
    }
    return Json.members(
        "figure", figure,
        "unit", FigureUnit.of(figure, currency),
        "figures", figures,
        "tags", tags,
        "points", points);
  }
}
