package dev.candor.workload.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.scenario.LoadStep;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.ExponentialDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ArrivalsTest {
  private static final long SECOND = 1_000_000_000L;

  private static List<Long> all(LoadStep.Arrivals arrivals, double from, double to, int seconds) {
    LoadStep.Open step = new LoadStep.Open("x", seconds * SECOND, false, from, to, arrivals, null);
    FireTimes times = Arrivals.of(step, new Seed(5));
    List<Long> instants = new ArrayList<>();
    for (long next = times.next(); next != Long.MAX_VALUE; next = times.next()) {
      instants.add(next);
    }
    return instants;
  }

  @ParameterizedTest
  @EnumSource(LoadStep.Arrivals.class)
  void instants_riseAndStayInsideTheStep(LoadStep.Arrivals arrivals) {
    assertThat(all(arrivals, 50, 50, 20)).isSorted().allMatch(at -> at >= 0 && at < 20 * SECOND);
    assertThat(all(arrivals, 50, 50, 20)).isEqualTo(all(arrivals, 50, 50, 20));
  }

  @ParameterizedTest
  @EnumSource(LoadStep.Arrivals.class)
  void ramp_integratesToItsMeanRate(LoadStep.Arrivals arrivals) {
    List<Long> instants = all(arrivals, 0, 200, 100);
    assertThat((double) instants.size()).isCloseTo(10_000, within(300.0));
    long firstHalf = instants.stream().filter(at -> at < 50 * SECOND).count();
    assertThat((double) firstHalf).isCloseTo(2_500, within(150.0));
  }

  @Test
  void constant_neverDrifts() {
    List<Long> instants = all(LoadStep.Arrivals.CONSTANT, 3, 3, 10_000);
    assertThat(instants).hasSize(30_000);
    assertThat(instants.get(29_997)).isEqualTo(9_999 * SECOND);
  }

  @Test
  void poisson_gapsAreExponential() {
    List<Long> instants = all(LoadStep.Arrivals.POISSON, 100, 100, 50);
    double[] gaps = new double[instants.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (instants.get(i + 1) - instants.get(i)) / 1e9;
    }
    double p =
        new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new ExponentialDistribution(0.01), gaps);
    assertThat(p).isGreaterThan(0.01);
  }
}
