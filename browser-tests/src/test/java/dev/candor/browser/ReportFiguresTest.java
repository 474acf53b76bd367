package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is drawn is what summary.json says: the chart's own data against it. */
@ExtendWith(BrowserExtension.class)
final class ReportFiguresTest {
  /** Pictures keep five digits. */
  private static final Percentage ROUNDED = Percentage.withPercentage(0.01);

  private static JsonNode summary(Path run) {
    return JsonMapper.shared().readTree(run.resolve("summary.json").toFile());
  }

  private static Visit opened(Path run, Visits visits) {
    Visit visit = visits.offline(run.resolve("report.html"), Device.LIGHT);
    visit.scrollThrough();
    return visit;
  }

  @Test
  void report_scrolledThrough_hasEveryPictureDrawn(Runs runs, Visits visits) {
    Pictures pictures = new Pictures(opened(runs.everything(), visits).page());

    assertThat(pictures.ids())
        .doesNotHaveDuplicates()
        .contains(
            "load-ttft",
            "load-itl",
            "load-throughput",
            "ttft-heat",
            "itl-heat",
            "throughput",
            "requests",
            "ttft-distribution",
            "itl-distribution",
            "slowest",
            "sampled",
            "ttft-by-prompt",
            "ttft-by-turn",
            "attempts",
            "tries",
            "cost-parts",
            "waste",
            "client")
        .hasSizeGreaterThan(24);
    assertThat(pictures.notDrawn()).isEmpty();
    for (String id : pictures.ids()) {
      assertThat(pictures.drawn(id)).as(id).isNotEmpty();
    }
  }

  @Test
  void load_drawn_isThatOfThePhases(Runs runs, Visits visits) {
    Pictures pictures = new Pictures(opened(runs.everything(), visits).page());
    List<JsonNode> phases = list(summary(runs.everything()).path("phases"));
    assertThat(phases).hasSize(2);

    for (String metric : List.of("ttft", "itl")) {
      for (String percentile : List.of("p50", "p90", "p99")) {
        check(
            pictures.drawn("load-" + metric),
            percentile,
            phases,
            phase -> phase.path("users").asDouble(),
            phase -> phase.path("latency").path(metric).path(percentile));
      }
    }
    check(
        pictures.drawn("load-throughput"),
        "output tokens",
        phases,
        phase -> phase.path("users").asDouble(),
        phase -> phase.path("rates").path("output_tps"));
  }

  @Test
  void saturation_drawn_isThatOfTheSteps(Runs runs, Visits visits) {
    Pictures pictures = new Pictures(opened(runs.sweep(), visits).page());
    JsonNode saturation = summary(runs.sweep()).path("saturation");
    List<JsonNode> steps =
        list(saturation.path("steps")).stream()
            .filter(step -> !step.path("mark").asString().equals("disturbed"))
            .sorted(Comparator.comparingDouble(step -> step.path("level").asDouble()))
            .toList();
    assertThat(steps).hasSizeGreaterThan(4);
    Function<JsonNode, Double> level = step -> step.path("level").asDouble();

    check(pictures.drawn("saturation-ttft"), "p50", steps, level, step -> step.path("ttft_p50"));
    check(pictures.drawn("saturation-itl"), "p99", steps, level, step -> step.path("itl_p99"));
    check(
        pictures.drawn("saturation-throughput"),
        "output tokens",
        steps,
        level,
        step -> step.path("output_tps"));
    JsonNode plot = pictures.model("saturation-ttft").path("plot");
    assertThat(plot.at("/spans/0/from").asDouble()).isEqualTo(saturation.path("knee").asDouble());
    assertThat(plot.at("/spans/0/to").asDouble())
        .isEqualTo(saturation.path("first_bad").asDouble());
    assertThat(plot.path("marks").findValuesAsString("name")).contains("knee", "operating point");
  }

  @Test
  void sums_drawn_areThoseOfTheRun(Runs runs, Visits visits) {
    Pictures pictures = new Pictures(opened(runs.everything(), visits).page());
    JsonNode overall = summary(runs.everything()).path("overall");

    assertThat(sum(values(pictures.drawn("ttft-distribution"), "samples")))
        .isCloseTo(overall.at("/latency/ttft/count").asDouble(), ROUNDED);
    for (JsonNode mark : pictures.model("ttft-distribution").at("/plot/marks")) {
      assertThat(mark.path("at").asDouble())
          .isCloseTo(
              overall.path("latency").path("ttft").path(mark.path("name").asString()).asDouble(),
              ROUNDED);
    }
    assertThat(values(pictures.drawn("tries"), "requests"))
        .isEqualTo(numbers(list(overall.at("/retries/by_attempts"))));
    List<JsonNode> wasted =
        list(overall.path("waste")).stream()
            .filter(by -> by.path("input").asLong() + by.path("output").asLong() > 0)
            .toList();
    assertThat(pictures.model("waste").at("/plot/categories").values())
        .extracting(JsonNode::asString)
        .isEqualTo(wasted.stream().map(by -> by.path("cause").asString()).toList());
    List<Double> money = values(pictures.drawn("waste"), "cost");
    for (int i = 0; i < wasted.size(); i++) {
      assertThat(money.get(i)).isCloseTo(wasted.get(i).path("cost").asDouble(), ROUNDED);
    }
  }

  @Test
  void figures_atTheTop_areThoseOfTheRun(Runs runs, Visits visits) {
    Visit visit = opened(runs.everything(), visits);
    JsonNode summary = summary(runs.everything());
    String four = visit.page().locator(".four").first().textContent();

    assertThat(visit.page().locator(".verdict").first().textContent())
        .contains(summary.path("verdict_reason").asString());
    assertThat(four)
        .contains("%.1f %%".formatted(100 * summary.at("/overall/goodput/ratio").asDouble()))
        .contains("%.0f ms".formatted(summary.at("/overall/latency/ttft/p99").asDouble()));
  }

  /** A line's points against what the summary has of each phase; what it does not know is a gap. */
  private static void check(
      JsonNode drawn,
      String name,
      List<JsonNode> phases,
      Function<JsonNode, Double> x,
      Function<JsonNode, JsonNode> y) {
    List<JsonNode> data = list(series(drawn, name).path("data"));
    assertThat(data).as(name).hasSameSizeAs(phases);
    for (int i = 0; i < data.size(); i++) {
      JsonNode expected = y.apply(phases.get(i));
      assertThat(data.get(i).path(0).asDouble()).isEqualTo(x.apply(phases.get(i)), within(1e-4));
      if (expected.isNull()) {
        assertThat(data.get(i).path(1).isNull()).as(name + " has a gap").isTrue();
      } else {
        assertThat(data.get(i).path(1).asDouble()).isCloseTo(expected.asDouble(), ROUNDED);
      }
    }
  }

  private static JsonNode series(JsonNode drawn, String name) {
    return list(drawn).stream()
        .filter(each -> each.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + name + " in " + drawn));
  }

  private static List<Double> values(JsonNode drawn, String name) {
    return numbers(list(series(drawn, name).path("data")));
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Of points, how high they are. */
  private static List<Double> numbers(List<JsonNode> nodes) {
    List<Double> numbers = new ArrayList<>();
    nodes.forEach(node -> numbers.add((node.isArray() ? node.path(1) : node).asDouble()));
    return numbers;
  }

  private static List<JsonNode> list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).toList();
  }
}
