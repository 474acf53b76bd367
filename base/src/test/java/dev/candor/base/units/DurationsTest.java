package dev.candor.base.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, 500000000",
    "1.5s, 1500000000",
    "1m30s, 90000000000",
    "4h, 14400000000000",
    "250us, 250000",
    "0, 0"
  })
  void parse_reads(String text, long nanos) {
    assertThat(Durations.parseNanos(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1s", "1s x", "fast", "1s,", "ms"})
  void parse_nonsense_saysWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("such as 500ms");
  }

  @Test
  void format_choosesTheUnit() {
    assertThat(Durations.format(Duration.ofMillis(431))).isEqualTo("431 ms");
    assertThat(Durations.format(Duration.ofMillis(1250))).isEqualTo("1.25 s");
    assertThat(Durations.format(Duration.ofMinutes(10))).isEqualTo("10 min");
    assertThat(Durations.format(Duration.ofSeconds(100))).isEqualTo("100 s");
  }

  @Test
  void rates_readUnits() {
    assertThat(Rates.parsePerSecond("600/min")).isEqualTo(10);
    assertThat(Rates.parsePerSecond("10")).isEqualTo(10);
    assertThatThrownBy(() -> Rates.parsePerSecond("-5")).hasMessageContaining("above 0");
  }
}
