package dev.candor.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FigureUnitTest {

  @Test
  void of_ratesOfAUser_areNoLatencies() {
    assertThat(FigureUnit.of("output_tps_user.p50", null)).isEqualTo("tok/s");
    assertThat(FigureUnit.of("output_tps", null)).isEqualTo("tok/s");
    assertThat(FigureUnit.of("ttft.p99", null)).isEqualTo("ms");
  }

  @Test
  void of_sharesAndMoney_areWhatTheyAreCountedIn() {
    assertThat(FigureUnit.of("goodput", "USD")).isEqualTo("ratio");
    assertThat(FigureUnit.of("cost.total", "USD")).isEqualTo("USD");
    assertThat(FigureUnit.of("cost.total", null)).isEmpty();
    assertThat(FigureUnit.of("failed", "USD")).isEmpty();
  }
}
