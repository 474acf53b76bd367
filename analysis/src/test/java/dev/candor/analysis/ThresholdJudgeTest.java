package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Summary.ThresholdResult;
import dev.candor.scenario.Threshold;
import dev.candor.scenario.Threshold.Comparison;
import dev.candor.scenario.Threshold.Confidence;
import dev.candor.scenario.Threshold.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ThresholdJudgeTest {
  private static final Summary.Latency TTFT =
      new Summary.Latency(
          1000,
          210.0,
          90.0,
          800.0,
          200.0,
          300.0,
          350.0,
          500.0,
          null,
          new TreeMap<>(Map.of("p99", new Summary.Interval(480, 530))));

  /** Of 1,000 requests 990 good, 5 failed. */
  private static Summary.Phase phase(long intended, Summary.@Nullable Cost cost) {
    return new Summary.Phase(
        "hold",
        "closed",
        5,
        null,
        60,
        new Summary.Requests(intended, intended - 5, 5, 0, 0, 0, 0, new TreeMap<>()),
        intended,
        1,
        new Summary.Tokens(10, 2, 10, 10, 50, 3, 7, "usage"),
        new Summary.Rates(1, 2, 3, 4, 5, 6, 7),
        Map.of("ttft", TTFT),
        new Summary.Goodput(0.99, 1, 2, new TreeMap<>()),
        cost,
        new Summary.Cache(null, 0.2, null, null),
        Summary.Sessions.NONE,
        Summary.Http.NONE,
        List.of(),
        Summary.Client.UNWATCHED);
  }

  private static Threshold threshold(
      String metric,
      @Nullable String statistic,
      Comparison comparison,
      double bound,
      Scope scope,
      Confidence confidence) {
    return new Threshold("expr", metric, statistic, comparison, bound, scope, confidence);
  }

  private static ThresholdResult p99(double bound, Confidence confidence) {
    return judged(threshold("ttft", "p99", Comparison.LESS, bound, Scope.RUN, confidence));
  }

  private static ThresholdResult judged(Threshold threshold) {
    Map<Scope, Summary.Phase> parts =
        Map.of(
            Scope.RUN,
            phase(1000, null),
            new Scope(null, "chat"),
            phase(1000, null),
            new Scope(null, "never"),
            phase(0, null));
    return new ThresholdJudge(parts, null, null, null).judge(threshold);
  }

  @Test
  void judge_byTheValue_takesNoNoticeOfTheInterval() {
    assertThat(p99(501, Confidence.POINT).ok()).isTrue();
    assertThat(p99(500, Confidence.POINT).ok()).isFalse();
    assertThat(p99(500, Confidence.POINT).interval()).isEqualTo(new Summary.Interval(480, 530));
  }

  @Test
  void judge_confident_holdsOnlyWithItsWholeInterval() {
    assertThat(p99(531, Confidence.HOLDS).ok()).isTrue();
    assertThat(p99(480, Confidence.HOLDS).ok()).isFalse();
    assertThat(p99(480, Confidence.HOLDS).why()).isNull();
    ThresholdResult undecided = p99(515, Confidence.HOLDS);
    assertThat(undecided.ok()).isFalse();
    // 30 of reach, 15 to the bound: four times as many.
    assertThat(undecided.why())
        .startsWith("undecided")
        .contains("about 4.0 times as many requests (4000)");
  }

  @Test
  void judge_confidentlyMissed_failsOnlyWithItsWholeInterval() {
    assertThat(p99(515, Confidence.MISSED).ok()).isTrue();
    assertThat(p99(490, Confidence.MISSED).ok()).isTrue();
    assertThat(p99(480, Confidence.MISSED).ok()).isFalse();
  }

  @Test
  void judge_shares_haveWilsonsInterval() {
    ThresholdResult goodput =
        judged(threshold("goodput", null, Comparison.AT_LEAST, 0.985, Scope.RUN, Confidence.HOLDS));
    assertThat(goodput.ok()).isFalse();
    assertThat(goodput.why()).startsWith("undecided");
    ThresholdResult failed =
        judged(threshold("failed_ratio", null, Comparison.LESS, 0.02, Scope.RUN, Confidence.HOLDS));
    assertThat(failed.ok()).isTrue();
    assertThat(failed.interval()).isNotNull();
  }

  @Test
  void judge_whatIsNotThere_isMissed_andSaysWhy() {
    assertThat(
            judged(
                threshold(
                    "ttft", "p99", Comparison.LESS, 1, new Scope("other", null), Confidence.POINT)))
        .satisfies(
            result -> {
              assertThat(result.ok()).isFalse();
              assertThat(result.why()).isEqualTo("phase other was not measured");
            });
    assertThat(
            judged(
                    threshold(
                        "ttft",
                        "p99",
                        Comparison.LESS,
                        1000,
                        new Scope(null, "never"),
                        Confidence.POINT))
                .why())
        .isEqualTo("no request was of class never");
    assertThat(
            judged(threshold("ttft", "p999", Comparison.LESS, 1000, Scope.RUN, Confidence.POINT))
                .why())
        .isEqualTo("1000 samples are too few: a p999 needs 10000");
    assertThat(
            judged(
                    threshold(
                        "cost.total", null, Comparison.LESS, 1000, Scope.RUN, Confidence.POINT))
                .why())
        .startsWith("no price is known");
  }

  @Test
  void value_everyFigureOfAPhase_hasOne() {
    Summary.Phase phase =
        phase(
            1000,
            new Summary.Cost(
                "USD",
                1,
                0.1,
                0.01,
                0.02,
                0.03,
                5.0,
                1000,
                0.015,
                0.025,
                new TreeMap<>(Map.of("p95", new Summary.Interval(0.018, 0.022))),
                0.1,
                0.2,
                0.3,
                1.0,
                2.0,
                new Summary.CostParts(0.5, null, null, 0.5, null, null)));
    for (String figure : Threshold.FIGURES) {
      Threshold threshold = new Threshold("expr", figure, null, Comparison.LESS, 1);
      assertThat(ThresholdValue.of(threshold, phase)).as(figure).isNotNull();
    }
    assertThat(
            ThresholdValue.interval(
                new Threshold("expr", "cost.per_request.p95", null, Comparison.LESS, 1), phase))
        .isEqualTo(new Summary.Interval(0.018, 0.022));
  }
}
