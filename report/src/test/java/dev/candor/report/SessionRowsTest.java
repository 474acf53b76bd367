package dev.candor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Summary;
import dev.candor.report.console.SessionRows;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class SessionRowsTest {
  private static Summary.Slope slope(double value, double low, double high) {
    return new Summary.Slope(value, new Summary.Interval(low, high));
  }

  @Test
  void slope_intervalOffZero_isAChange_elseNoneWasSeen() {
    assertThat(SessionRows.slope(slope(12.34, 11.9, 12.8), "a turn"))
        .isEqualTo("TTFT grows by 12.3 ms a turn (95 %: 11.9 to 12.8)");
    assertThat(SessionRows.slope(slope(-2.5, -3, -2), "a turn"))
        .isEqualTo("TTFT falls by 2.50 ms a turn (95 %: -3.00 to -2.00)");
    assertThat(SessionRows.slope(slope(-6.8, -30.5, 16.9), "a turn"))
        .isEqualTo("TTFT shows no change a turn: -6.80 ms (95 %: -30.5 to 16.9)");
    assertThat(SessionRows.slope(null, "a turn")).isNull();
  }

  @Test
  void slope_whereDecimalsHaveCommas_hasPoints() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(SessionRows.slope(slope(1.5, 1, 2), "a turn")).contains("by 1.50 ms");
    } finally {
      Locale.setDefault(before);
    }
  }
}
