package dev.candor.analysis.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.history.Trend.Kind;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.StandardNormal;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TrendTest {

  private static List<Kind> kinds(double... values) {
    return Trend.of(values).marks().stream().map(Trend.Mark::kind).toList();
  }

  @Test
  void of_levelThatChanges_marksTheRunThatBroughtIt_once() {
    double[] values = {10, 10.1, 9.9, 10, 10.2, 10, 13, 13.1, 12.9, 13, 13, 13.1};
    Trend trend = Trend.of(values);
    assertThat(kinds(values).indexOf(Kind.CHANGE)).isEqualTo(6);
    assertThat(kinds(values)).containsOnlyOnce(Kind.CHANGE).doesNotContain(Kind.OUTLIER);
    assertThat(trend.marks().get(6).median()).isCloseTo(10, within(1e-9));
    assertThat(trend.marks().get(6).change()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void of_oneThatIsOffAlone_isAnOutlier_andChangesNothing() {
    List<Kind> kinds = kinds(10, 10.1, 9.9, 10, 10.2, 20, 10, 10.1, 9.9);
    assertThat(kinds.get(5)).isEqualTo(Kind.OUTLIER);
    assertThat(kinds.subList(6, 9)).containsOnly(Kind.USUAL);
  }

  @Test
  void of_lastThatIsOff_isAChange_asNobodyKnowsBetter() {
    assertThat(kinds(10, 10.1, 9.9, 10, 10.2, 12)).endsWith(Kind.CHANGE);
  }

  @Test
  void of_equalValues_littleMoreIsNoChange() {
    assertThat(kinds(1, 1, 1, 1, 1, 0.96, 1.04)).endsWith(Kind.USUAL, Kind.USUAL);
    assertThat(kinds(0, 0, 0, 0, 0, 0.1)).endsWith(Kind.CHANGE);
  }

  @Test
  void of_few_saysNothing() {
    assertThat(kinds(1, 5, 1, 5, 1)).containsOnly(Kind.EARLY);
    assertThat(Trend.of(new double[] {1, 2, 3}).p()).isNull();
    assertThat(Trend.of(new double[0]).marks()).isEmpty();
  }

  @Test
  void of_noise_isSeldomMarked() {
    RandomGenerator random = new Seed(12).stream();
    double[] values = new double[500];
    Arrays.setAll(values, _ -> 100 * Math.exp(0.03 * StandardNormal.sample(random)));
    long marked =
        kinds(values).stream().filter(kind -> kind == Kind.CHANGE || kind == Kind.OUTLIER).count();
    assertThat(marked).isLessThan(10);
  }

  @Test
  void of_slowDrift_isATrend() {
    double[] values = new double[12];
    Arrays.setAll(values, i -> 100 + i);
    assertThat(Trend.of(values).p()).isLessThan(0.001);
  }
}
