package dev.candor.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PictureJsonTest {

  @Test
  void of_lines_areTheRecordsOneToOne() {
    Lines lines =
        new Lines(
            PlotAxis.time(),
            List.of(0.0, 0.5),
            PlotAxis.fromZero("TTFT", "ms"),
            PlotAxis.log("goodput", "req/s"),
            List.of(
                new Series("p50", Arrays.asList(12.0, null)),
                new Series("goodput", List.of(1.5, 2.0), true)),
            List.of(new Lines.Span(0, 10, "8 users", Lines.Span.Kind.PHASE)),
            List.of(new Lines.Mark(3, "knee")));
    assertThat(PictureJson.of(new Picture("ttft", "TTFT", "Look here.", lines)))
        .isEqualTo(
            """
            {"id":"ttft","title":"TTFT","see":"Look here.","plot":{"kind":"lines",\
            "x":{"name":"time","unit":"s","scale":"seconds","from":0},"at":[0,0.5],\
            "y":{"name":"TTFT","unit":"ms","scale":"linear","from":0},\
            "right":{"name":"goodput","unit":"req/s","scale":"log","from":null},\
            "series":[{"name":"p50","values":[12,null],"right":false},\
            {"name":"goodput","values":[1.5,2],"right":true}],\
            "spans":[{"from":0,"to":10,"name":"8 users","kind":"phase"}],\
            "marks":[{"at":3,"name":"knee"}]}}""");
  }

  @Test
  void of_heat_hasEdgesAndCounts() {
    assertThat(
            json(
                new Heat(
                    PlotAxis.time(),
                    List.of(0.0, 20.0),
                    PlotAxis.log("TTFT", "ms"),
                    List.of(10.0, 20.0, 40.0),
                    List.of(List.of(3L, 0L)),
                    List.of())))
        .contains(
            "\"kind\":\"heat\"",
            "\"columns\":[0,20]",
            "\"rows\":[10,20,40]",
            "\"counts\":[[3,0]]",
            "\"spans\":[]");
  }

  @Test
  void of_waterfall_hasPartsAndTokens() {
    Waterfall.Request request =
        new Waterfall.Request(
            "#1",
            "completed",
            List.of(new Waterfall.Part(Waterfall.Kind.PREFILL, 1.25, 300)),
            List.of(300.0, 333.336));
    assertThat(json(new Waterfall(PlotAxis.fromZero("time", "ms"), List.of(request))))
        .contains(
            "\"requests\":[{\"name\":\"#1\",\"outcome\":\"completed\",\"parts\":[{\"kind\":\"prefill\",\"from\":1.25,\"to\":300}],\"tokens\":[300,333.34]}]");
  }

  @Test
  void of_pointsAndBars_haveTheirNames() {
    Points.Cloud cloud = new Points.Cloud("cold", List.of(100.0), List.of(20.5));
    PlotAxis axis = PlotAxis.fromZero("n", "");
    assertThat(json(new Points(axis, axis, List.of(cloud), List.of())))
        .contains("\"clouds\":[{\"name\":\"cold\",\"x\":[100],\"y\":[20.5]}],\"lines\":[]");
    assertThat(json(new Bars(axis, List.of("a"), List.of(new Series("s", List.of(1.0))), true)))
        .contains("\"kind\":\"bars\"", "\"categories\":[\"a\"]", "\"stacked\":true");
  }

  @Test
  void of_values_keepFiveDigitsAndPlacesTen() {
    String json = lines(List.of(1_777_600_001.25), List.of(123_456.0));
    assertThat(json).contains("\"at\":[1777600001]", "\"values\":[123460]");
    assertThat(lines(List.of(14_400.5), List.of(0.000_123_456))).contains("14400.5", "1.2346E-4");
  }

  @Test
  void of_whatIsNoNumber_isAGap() {
    assertThat(lines(List.of(1.0, 2.0), List.of(Double.NaN, Double.POSITIVE_INFINITY)))
        .contains("\"values\":[null,null]");
  }

  private static String lines(List<Double> at, List<@Nullable Double> values) {
    PlotAxis axis = PlotAxis.fromZero("n", "");
    return json(
        new Lines(axis, at, axis, null, List.of(new Series("s", values)), List.of(), List.of()));
  }

  private static String json(Plot plot) {
    return PictureJson.of(new Picture("id", "title", "see", plot));
  }
}
