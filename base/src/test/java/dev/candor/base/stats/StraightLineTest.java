package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.hipparchus.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

final class StraightLineTest {
  @Test
  void slope_ofExactLine_isItsOwn_withoutDoubt() {
    StraightLine line = new StraightLine();
    for (int x = 0; x < 10; x++) {
      line.add(x, 3 + 2.5 * x);
    }
    assertThat(line.slope()).isCloseTo(2.5, within(1e-12));
    StraightLine.Interval interval = Objects.requireNonNull(line.slopeInterval());
    assertThat(interval.high() - interval.low()).isLessThan(1e-6);
  }

  @Test
  void slopeAndInterval_ofNoisyPoints_areTheLibrarys() {
    StraightLine line = new StraightLine();
    SimpleRegression oracle = new SimpleRegression();
    RandomGenerator random = new Seed(7).stream();
    for (int i = 0; i < 500; i++) {
      double x = 1e6 + random.nextDouble() * 10;
      double y = 1e9 + 0.3 * x + random.nextGaussian();
      line.add(x, y);
      oracle.addData(x, y);
    }
    assertThat(line.slope()).isCloseTo(oracle.getSlope(), within(1e-9));
    StraightLine.Interval interval = Objects.requireNonNull(line.slopeInterval());
    assertThat(interval.high() - interval.low())
        .isCloseTo(2 * oracle.getSlopeConfidenceInterval(), within(1e-6));
  }

  @Test
  void slope_tooFewPoints_orOneX_isUnknown() {
    StraightLine two = new StraightLine();
    two.add(1, 1);
    two.add(2, 2);
    assertThat(two.slope()).isNull();

    StraightLine upright = new StraightLine();
    for (int i = 0; i < 5; i++) {
      upright.add(4, i);
    }
    assertThat(upright.slope()).isNull();
    assertThat(upright.slopeInterval()).isNull();
  }
}
