package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When the mock says that it is not to be believed. */
final class LatenessTest {
  private static final long SECOND = 1_000_000_000L;

  private final Lateness lateness = new Lateness();

  /** A hundred events in each of {@code seconds}, {@code late} of them late. */
  private void seconds(int from, int seconds, int late) {
    for (int second = from; second < from + seconds; second++) {
      for (int event = 0; event < 100; event++) {
        long intended = second * SECOND + event * 1_000_000L;
        lateness.record(intended, intended + (event < late ? 20_000_000 : 100_000));
      }
    }
  }

  private LatenessReport report() {
    return LatenessReport.of(lateness);
  }

  @Test
  void report_punctual_hasNoWarning() {
    seconds(0, 10, 1);
    LatenessReport report = report();
    assertThat(report.warning()).isNull();
    assertThat(report.events()).isEqualTo(1000);
    assertThat(report.seconds()).isEqualTo(9);
    assertThat(report.lateSeconds()).isZero();
    assertThat(report.maxNanos()).isBetween(20_000_000L, 20_100_000L);
    assertThat(JsonMapper.shared().readTree(report.json()).at("/lateness/warning").isNull())
        .isTrue();
  }

  @Test
  void report_oneLateSecond_isAHiccup() {
    seconds(0, 5, 0);
    seconds(5, 1, 50);
    seconds(6, 5, 0);
    assertThat(report().lateSeconds()).isEqualTo(1);
    assertThat(report().warning()).isNull();
  }

  @Test
  void report_lateSeconds_warn_inJsonToo() {
    seconds(0, 3, 2);
    seconds(3, 1, 0);
    LatenessReport report = report();
    assertThat(report.lateSeconds()).isEqualTo(3);
    assertThat(report.warning()).startsWith("the mock was late in 3 of 3 seconds");
    JsonNode told = JsonMapper.shared().readTree(report.json()).path("lateness");
    assertThat(told.path("warning").stringValue()).isEqualTo(report.warning());
    assertThat(told.path("late_seconds").intValue()).isEqualTo(3);
  }

  @Test
  void report_fewEvents_areNotJudged() {
    for (int i = 0; i < 19; i++) {
      lateness.record(i * SECOND, i * SECOND + 50_000_000);
    }
    assertThat(report().seconds()).isZero();
    assertThat(report().warning()).isNull();
  }

  @Test
  void report_longRun_toleratesOneInAHundred() {
    seconds(0, 300, 0);
    seconds(300, 3, 50);
    seconds(303, 1, 0);
    assertThat(report().warning()).isNull();
    seconds(304, 2, 50);
    seconds(306, 1, 0);
    assertThat(report().warning()).contains("5 of 306");
  }
}
