package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.HealthWindow;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of docs/metrics.md, "Client health". */
final class ClientHealthTest {
  private static HealthWindow window(double loopDelayMs, double sendLatenessMs) {
    return new HealthWindow(
        0, (long) (loopDelayMs * 1e6), (long) (sendLatenessMs * 1e6), 0, 0.5, 1, 1, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    // 5 % of the median ITL, at least 5 ms, at most 10; 10 without an ITL
    "20, 4.9, 0, false",
    "20, 5.1, 0, true",
    "160, 7.9, 0, false",
    "160, 8.1, 0, true",
    "1000, 9.9, 0, false",
    "1000, 10.1, 0, true",
    ", 9.9, 0, false",
    ", 10.1, 0, true",
    // sends by 10 ms whatever the ITL
    "20, 0, 9.9, false",
    "20, 0, 10.1, true"
  })
  void limited_atItsBounds(
      @Nullable Double medianItlMs, double loopDelayMs, double sendLatenessMs, boolean limited) {
    assertThat(new ClientHealth(medianItlMs).limited(window(loopDelayMs, sendLatenessMs)))
        .isEqualTo(limited);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, false",
    "2, 10, true",
    "2, 199, true",
    "2, 200, false",
    "3, 200, true",
    "0, 0, false"
  })
  void invalid_overOnePercentOfTheSeconds_andTwo(int limited, int windows, boolean invalid) {
    assertThat(ClientHealth.invalid(new Summary.Client(limited, windows, 0, 0, 0, 0)))
        .isEqualTo(invalid);
  }

  @Test
  void summarize_takesTheWorst() {
    List<HealthWindow> windows = List.of(window(1, 2), window(20, 1), window(3, 30));
    Summary.Client client = new ClientHealth(20.0).summarize(windows);
    assertThat(client.limitedWindows()).isEqualTo(2);
    assertThat(client.windows()).isEqualTo(3);
    assertThat(client.loopDelayP99()).isEqualTo(20);
    assertThat(client.sendLatenessP99()).isEqualTo(30);
    assertThat(client.cpu()).isEqualTo(0.5);
    assertThat(new ClientHealth(20.0).summarize(Collections.emptyList()).windows()).isZero();
  }
}
