package dev.candor.report.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candor.analysis.Analysis.Bin;
import dev.candor.analysis.Summary;
import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.DriftMetric;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.record.SweepStep;
import dev.candor.report.picture.Lines.Mark;
import dev.candor.report.picture.Lines.Span;
import dev.candor.scenario.Sweep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pictures that are made of figures of the summary. */
final class FigurePicturesTest {

  private static Summary.Latency latency(double p50, double p99) {
    return new Summary.Latency(
        1000, p50 + 1, 1.0, p99 + 1, p50, p50, p50, p99, null, new TreeMap<>());
  }

  private static Summary.Phase phase(
      String name, @Nullable Integer users, @Nullable Double rate, double ttft) {
    return new Summary.Phase(
        name,
        "closed",
        users,
        rate,
        10,
        new Summary.Requests(1, 1, 0, 0, 0, 0, 0, new TreeMap<>()),
        1,
        1,
        new Summary.Tokens(1, 0, 1, 1, 1, 0, 0, "usage"),
        new Summary.Rates(1, 1, 1, 50, 1, 1, 1),
        Map.of("ttft", latency(ttft, 2 * ttft), "itl", latency(10, 20)),
        new Summary.Goodput(0.9, 1, 1, new TreeMap<>()),
        null,
        new Summary.Cache(0.5, 0.4, null, null),
        Summary.Sessions.NONE,
        Summary.Http.NONE,
        List.of(),
        Summary.Client.UNWATCHED);
  }

  @Test
  void load_isAscending_whateverTheOrderOfThePhases() {
    List<Picture> pictures =
        LoadPictures.of(List.of(phase("b", 20, null, 200), phase("a", 5, null, 100)));
    Lines ttft = (Lines) pictures.getFirst().plot();
    assertThat(ttft.x().name()).isEqualTo("users");
    assertThat(ttft.at()).containsExactly(5.0, 20.0);
    assertThat(ttft.series().getFirst().values()).containsExactly(100.0, 200.0);
    Lines throughput = (Lines) pictures.getLast().plot();
    assertThat(throughput.series().getLast().values()).containsExactly(90.0, 90.0);
    assertThat(throughput.series().getLast().right()).isTrue();
  }

  @Test
  void load_ofOneLevel_orOfUsersAndRates_hasNoPicture() {
    assertThat(LoadPictures.of(List.of(phase("a", 5, null, 1), phase("b", 5, null, 1)))).isEmpty();
    assertThat(LoadPictures.of(List.of(phase("a", 5, null, 1), phase("b", null, 9.0, 1))))
        .isEmpty();
  }

  @Test
  void distribution_addsUpToAHundredPercent_andMarksWhereTheMeanFalls() {
    Picture picture =
        Distributions.latency(
            "d", "TTFT", latency(15, 80), List.of(new Bin(10, 20, 3), new Bin(20, 40, 1)));
    Lines lines = (Lines) picture.plot();
    assertThat(lines.series().getFirst().values()).containsExactly(3.0, 1.0);
    assertThat(lines.series().getLast().values()).containsExactly(75.0, 100.0);
    assertThat(lines.marks())
        .extracting(Mark::name, Mark::at)
        .containsExactly(
            tuple("p50", 15.0), tuple("p90", 15.0), tuple("mean", 16.0), tuple("p99", 80.0));
  }

  private static Saturation.Step step(double level, SweepStep.Mark mark) {
    return new Saturation.Step(
        "users-" + level,
        level,
        mark,
        "why",
        10,
        true,
        1,
        100,
        mark == SweepStep.Mark.GOOD ? 1.0 : 0.5,
        null,
        null,
        level,
        level,
        null,
        10 * level,
        20 * level,
        null,
        5.0,
        null,
        level,
        null);
  }

  @Test
  void saturation_shadesTheBracket_marksKneeAndOperatingPoint_leavesOutTheDisturbed() {
    Saturation found =
        new Saturation(
            Sweep.Dimension.USERS,
            List.of("goodput >= 95%"),
            0.1,
            List.of(
                step(40, SweepStep.Mark.BAD),
                step(20, SweepStep.Mark.GOOD),
                step(30, SweepStep.Mark.DISTURBED)),
            20.0,
            null,
            40.0,
            16.0,
            null,
            "enough",
            new Saturation.Scalability.Unknown("few"),
            null);
    Lines ttft = (Lines) SaturationPictures.of(found).getFirst().plot();
    assertThat(ttft.at()).containsExactly(20.0, 40.0);
    assertThat(ttft.y().scale()).isEqualTo(PlotAxis.Scale.LOG);
    assertThat(ttft.series().getFirst().values()).containsExactly(200.0, 400.0);
    assertThat(ttft.series().getLast().values()).containsExactly(null, null);
    assertThat(ttft.spans())
        .containsExactly(new Span(20, 40, "the knee lies in here", Span.Kind.BRACKET));
    assertThat(ttft.marks()).containsExactly(new Mark(16, "operating point"), new Mark(20, "knee"));
  }

  @Test
  void drift_hasItsTrendOverItsWindows_andMarksWhereSpikesComeBack() {
    Drift drift =
        new Drift(
            "hold",
            100,
            1,
            1800,
            2,
            List.of(
                new Drift.Trend(
                    DriftMetric.TTFT, 50, 10, 9, 11, 0, 0, true, List.of(50.0, Double.NaN))),
            List.of(new Drift.Spikes("itl.p99", 1000, 600, 9, 0, 0, true, List.of(1.0, 2.0))));
    List<Picture> pictures = DriftPictures.of(drift);
    Lines trend = (Lines) pictures.getFirst().plot();
    assertThat(trend.at()).containsExactly(1000.0, 2800.0);
    assertThat(trend.series().getFirst().values()).containsExactly(50.0, null);
    assertThat(trend.series().getLast().values()).containsExactly(52.5, 57.5);
    Lines spikes = (Lines) pictures.getLast().plot();
    assertThat(spikes.marks()).extracting(Mark::at).containsExactly(600.0, 1600.0, 2600.0, 3600.0);
  }

  @Test
  void cache_hasAGroupAState_inTheirOrder() {
    Map<String, Summary.Phase> states =
        new java.util.LinkedHashMap<>(Map.of("warm", phase("w", 1, null, 50)));
    states.put("cold", phase("c", 1, null, 200));
    List<Picture> pictures = CachePictures.of(states);
    Bars ttft = (Bars) pictures.getFirst().plot();
    assertThat(ttft.categories()).containsExactly("warm", "cold");
    assertThat(ttft.series()).extracting(Series::name).containsExactly("p50", "p90", "p99");
    assertThat(ttft.series().getFirst().values()).containsExactly(50.0, 200.0);
    Bars hits = (Bars) pictures.get(2).plot();
    assertThat(hits.series()).extracting(Series::name).containsExactly("asked for", "by usage");
    assertThat(hits.series().getFirst().values()).containsExactly(50.0, 50.0);
  }
}
