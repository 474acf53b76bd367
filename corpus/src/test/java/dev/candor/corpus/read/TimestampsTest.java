package dev.candor.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2023-11-16 18:15:46.6805900, 1700158546680590000",
    "2024-05-10 00:00:00.009930+00:00, 1715299200009930000",
    "2026-03-01T10:00:00Z, 1772359200000000000",
    "2026-03-01T12:00:00.5+02:00, 1772359200500000000",
    "2026-03-01T12:00:00+0200, 1772359200000000000",
    "2026-03-01 10:00:00 UTC, 1772359200000000000",
    "1.5, 1500000000",
    "1700158546, 1700158546000000000",
    "1700158546.123456, 1700158546123456000",
    "1700158546123, 1700158546123000000",
    "1700158546123456, 1700158546123456000",
    "1700158546123456789, 1700158546123456789",
  })
  void parse_asLogsWriteThem(String text, long nanos) {
    assertThat(Timestamps.parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "now", "2026-03-01", "2026-13-01 10:00:00", "9999-01-01 00:00:00", "1e40"})
  void parse_others_areBad(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text))
        .isInstanceOfSatisfying(
            BadRecord.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_TIME));
  }
}
