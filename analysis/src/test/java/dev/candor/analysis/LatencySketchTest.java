package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LatencySketchTest {
  @Test
  void latency_oneToThousandMillis_matchesExactRanks() {
    LatencySketch sketch = new LatencySketch();
    for (int ms = 1000; ms >= 1; ms--) {
      sketch.add(ms * 1_000_000L, 1);
    }
    Summary.Latency latency = sketch.latency();
    assertThat(latency.count()).isEqualTo(1000);
    assertThat(latency.p50()).isCloseTo(500, within(0.5));
    assertThat(latency.p99()).isCloseTo(990, within(0.99));
    assertThat(latency.p999()).isNull();
    assertThat(latency.ci95()).containsOnlyKeys("p50", "p90", "p95", "p99");
    Summary.Interval p50 = latency.ci95().get("p50");
    assertThat(p50).isNotNull();
    assertThat(p50.low()).isCloseTo(469, within(2.0));
    assertThat(p50.high()).isCloseTo(532, within(2.0));
  }

  @Test
  void latency_nineteenSamples_hasNoPercentile() {
    LatencySketch sketch = new LatencySketch();
    sketch.add(5_000_000, 19);
    assertThat(sketch.latency().p50()).isNull();
    assertThat(sketch.latency().max()).isCloseTo(5, within(0.005));
    sketch.add(5_000_000, 1);
    assertThat(sketch.latency().p50()).isCloseTo(5, within(0.005));
  }

  @Test
  void addShared_gapOfThreeTokens_isThreeSamplesOfAThird() {
    LatencySketch sketch = new LatencySketch();
    sketch.addShared(30_000_000, 3);
    sketch.addShared(7, 0);
    assertThat(sketch.latency().count()).isEqualTo(3);
    assertThat(sketch.latency().mean()).isCloseTo(10, within(0.01));
  }
}
