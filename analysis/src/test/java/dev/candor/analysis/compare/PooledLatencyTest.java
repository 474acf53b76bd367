package dev.candor.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Against all samples, sorted. */
final class PooledLatencyTest {

  @Test
  void quantiles_ofDrawnBlocks_areThoseOfTheirSamples() {
    RandomGenerator random = new Seed(5).stream();
    int[][] weights = {{1, 0, 3, 2}, {0, 2, 1, 0}};
    List<BlockHistogram> runs = new ArrayList<>();
    List<Double> samples = new ArrayList<>();
    for (int[] ofRun : weights) {
      BlockHistogram run = new BlockHistogram(ofRun.length);
      for (int block = 0; block < ofRun.length; block++) {
        for (int i = 0; i < 500; i++) {
          long nanos = (long) Math.exp(10 + 6 * random.nextDouble());
          run.add(block, nanos, 1);
          for (int j = 0; j < ofRun[block]; j++) {
            samples.add(nanos / 1e6);
          }
        }
      }
      runs.add(run);
    }
    Collections.sort(samples);
    PooledLatency pooled = new PooledLatency(runs);
    for (int round = 0; round < 2; round++) {
      pooled.addUp(weights);
      assertThat(pooled.total()).isEqualTo(samples.size());
      assertThat(pooled.mean())
          .isCloseTo(
              samples.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
              within(1e-9));
      for (double q : new double[] {0.01, 0.5, 0.9, 0.99}) {
        double exact = samples.get((int) Math.ceil(q * samples.size()) - 1);
        assertThat(pooled.quantile(q)).isCloseTo(exact, within(exact / 1000));
      }
    }
  }

  @Test
  void quantile_ofNothing_isNoNumber() {
    PooledLatency pooled = new PooledLatency(List.of(new BlockHistogram(3)));
    pooled.addUp(new int[][] {{1, 1, 1}});
    assertThat(pooled.quantile(0.5)).isNaN();
    assertThat(pooled.mean()).isNaN();
  }

  @Test
  void draw_hasAsManyBlocksAsThereAre_inStretches() {
    RandomGenerator random = new Seed(1).stream();
    int[] sum = new int[10];
    for (int i = 0; i < 10_000; i++) {
      int[] weights = new MovingBlocks(10, 4).draw(random);
      int many = 0;
      for (int block = 0; block < 10; block++) {
        many += weights[block];
        sum[block] += weights[block];
      }
      assertThat(many).isEqualTo(10);
    }
    for (int each : sum) {
      assertThat(each).isBetween(9_500, 10_500);
    }
  }
}
