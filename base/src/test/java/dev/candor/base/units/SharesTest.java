package dev.candor.base.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SharesTest {

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "0.05,0.05", "5%,0.05", "5 %,0.05", "100%,1", "1.0E-5,0.00001"})
  void parsePart_share_isRead(String text, double share) {
    assertThat(Shares.parsePart(text)).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "NaN", "many", "5 pct", "1e999", "0x1p3"})
  void parse_noShare_isRefused(String text) {
    assertThatThrownBy(() -> Shares.parse(text))
        .isInstanceOf(CandorException.class)
        .hasMessage("found '" + text + "', must be a share such as 0.05 or 5%");
  }

  @Test
  void parse_aboveOne_isAGrowthButNoPart() {
    assertThat(Shares.parse("250%")).isEqualTo(2.5);
    assertThatThrownBy(() -> Shares.parsePart("5"))
        .hasMessage("found 5, must be a share from 0 to 1, such as 0.05 or 5%");
  }
}
