package dev.candor.analysis.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.server.ServerHistogram.Quantile;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ServerHistogramTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static ServerHistogram of(Map<Double, Double> cumulative) {
    return new ServerHistogram(new TreeMap<>(cumulative), 50.0);
  }

  @Test
  void quantile_isOnTheLineThroughItsBucket_withItsBounds() {
    ServerHistogram histogram = of(Map.of(0.1, 20.0, 0.2, 60.0, 0.4, 100.0, INF, 100.0));
    assertThat(histogram.quantile(0.5)).isEqualTo(new Quantile(175.0, 100, 200.0));
    assertThat(histogram.quantile(0.2)).isEqualTo(new Quantile(100.0, 0, 100.0));
    assertThat(histogram.quantile(0.9)).isEqualTo(new Quantile(350.0, 200, 400.0));
    assertThat(histogram.meanMs()).isEqualTo(500);
  }

  @Test
  void quantile_beyondTheLastBound_hasOnlyALowest() {
    assertThat(of(Map.of(0.1, 20.0, INF, 100.0)).quantile(0.5))
        .isEqualTo(new Quantile(null, 100, null));
  }

  @Test
  void quantile_ofTooFew_orWithoutBuckets_isUnknown() {
    assertThat(of(Map.of(0.1, 20.0, INF, 20.0)).quantile(0.99)).isNull();
    assertThat(of(Map.of(INF, 2000.0)).quantile(0.5)).isNull();
    assertThat(of(Map.of(0.1, 0.0, INF, 0.0)).quantile(0.5)).isNull();
  }

  @Test
  void sum_ofDifferentBounds_isNone() {
    ServerHistogram one = of(Map.of(0.1, 20.0, INF, 100.0));
    assertThat(ServerHistogram.sum(one, of(Map.of(0.1, 5.0, INF, 10.0))))
        .isEqualTo(new ServerHistogram(new TreeMap<>(Map.of(0.1, 25.0, INF, 110.0)), 100.0));
    assertThat(ServerHistogram.sum(one, of(Map.of(0.2, 5.0, INF, 10.0)))).isNull();
  }
}
