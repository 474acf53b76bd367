package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class WilsonIntervalTest {
  /** Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I. */
  @Test
  void of95_publishedExamples_areTheirs() {
    check(81, 263, 0.2553, 0.3662);
    check(15, 148, 0.0624, 0.1605);
    check(0, 20, 0, 0.1611);
    check(1, 29, 0.0061, 0.1718);
  }

  private static void check(long good, long total, double low, double high) {
    WilsonInterval interval = WilsonInterval.of95(good, total);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void of95_allOrNone_endsAtOneOrZero() {
    assertThat(WilsonInterval.of95(0, 3).low()).isZero();
    assertThat(WilsonInterval.of95(1_000_000_007L, 1_000_000_007L).high()).isEqualTo(1);
    assertThat(WilsonInterval.of95(20, 20).low()).isCloseTo(1 - 0.1611, within(5e-5));
  }

  @Test
  void of95_impossibleCounts_areRefused() {
    assertThatThrownBy(() -> WilsonInterval.of95(0, 0)).hasMessage("0 good of 0");
    assertThatThrownBy(() -> WilsonInterval.of95(3, 2)).hasMessage("3 good of 2");
    assertThatThrownBy(() -> WilsonInterval.of95(-1, 2)).hasMessage("-1 good of 2");
  }

  @Test
  void of999_isWider() {
    WilsonInterval wide = WilsonInterval.of999(90, 100);
    WilsonInterval narrow = WilsonInterval.of95(90, 100);

    assertThat(wide.low()).isLessThan(narrow.low());
    assertThat(wide.high()).isGreaterThan(narrow.high());
  }
}
