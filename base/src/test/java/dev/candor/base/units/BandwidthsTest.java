package dev.candor.base.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BandwidthsTest {

  @ParameterizedTest
  @CsvSource({
    "50GB/s, 50e9",
    "400Gbit/s, 50e9",
    "1.5 MB/s, 1.5e6",
    "8kbit/s, 1e3",
    "3B/s, 3",
    "2TB/s, 2e12"
  })
  void parse_isBytesPerSecond_andIsReadBack(String text, double bytesPerSecond) {
    assertThat(Bandwidths.parseBytesPerSecond(text)).isEqualTo(bytesPerSecond);
    assertThat(Bandwidths.parseBytesPerSecond(Bandwidths.text(bytesPerSecond)))
        .isEqualTo(bytesPerSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "50", "50GB", "0GB/s", "-1GB/s", "50gb/s", "fast", "1e9B/s"})
  void parse_nonsense_isRefused(String text) {
    assertThatThrownBy(() -> Bandwidths.parseBytesPerSecond(text))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("is not a bandwidth above 0; write it as 50GB/s");
  }
}
