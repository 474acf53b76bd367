package dev.candor.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.corpus.shape.Dimension.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantitiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "7 | 7",
        "2.414 | 2.41",
        "24.5 | 24.5",
        "9999 | 9,999",
        "9999.6 | 10.0k",
        "126195 | 126k",
        "999600 | 1.0M",
        "144793823 | 145M",
        "5e12 | 5000G"
      })
  void count_hasAtMostSixCharacters(double value, String text) {
    assertThat(Quantities.count(value)).isEqualTo(text).hasSizeLessThan(7);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "932000, 932µs",
    "999900, 1.00ms",
    "21900000, 21.9ms",
    "999877000, 1.00s",
    "1530000000, 1.53s",
    "99990000000, 100s",
    "3536000000000, 58.9min",
    "86400000000000, 24.0h"
  })
  void nanos_haveTheUnitThatSuitsThem(double nanos, String text) {
    assertThat(Quantities.nanos(nanos)).isEqualTo(text);
  }

  @Test
  void of_ratioAndShare() {
    assertThat(Quantities.of(Unit.RATIO, 1.415)).isEqualTo("1.42");
    assertThat(Quantities.of(Unit.SHARE, 0.3736)).isEqualTo("37.4%");
  }

  @Test
  void sparkline_fewAndMany() {
    assertThat(Sparkline.of(new long[] {0, 1, 8}, 10)).isEqualTo(" ▁█");
    assertThat(Sparkline.of(new long[] {4, 4, 0, 0, 8, 8}, 3)).isEqualTo("▄ █");
  }
}
