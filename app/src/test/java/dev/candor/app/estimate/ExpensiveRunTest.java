package dev.candor.app.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.app.estimate.ExpensiveRun.Decision;
import dev.candor.app.estimate.ExpensiveRun.Limit;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a run asks. */
final class ExpensiveRunTest {
  private static Estimate costing(@Nullable Range cost, double tokens) {
    Range some = new Range(tokens / 4, tokens / 2, tokens / 2);
    return new Estimate(
        "test",
        "https://api.example.com/v1 (large)",
        new Range(90, 100, 110),
        some,
        new Range(0, 0, 0),
        some,
        new Range(60, 61, 90),
        cost,
        cost == null ? null : "USD",
        List.of(),
        List.of());
  }

  @Test
  void question_onlyWhereTheHighestIsAboveTheLimit() {
    assertThat(ExpensiveRun.question(costing(new Range(3, 5, 10), 1e9), Limit.DEFAULT)).isNull();
    assertThat(ExpensiveRun.question(costing(new Range(30, 42, 61), 1e6), Limit.DEFAULT))
        .isEqualTo(
            "this run against https://api.example.com/v1 (large) takes about $42.00 ($30.00 to $61.00):"
                + " 1,000,000 tokens (500,000 to 1,000,000) in 100 requests, 61 s");
  }

  @Test
  void question_withoutPrices_goesByTokens() {
    assertThat(ExpensiveRun.question(costing(null, 2e6), Limit.DEFAULT)).isNull();
    assertThat(ExpensiveRun.question(costing(null, 2.1e6), Limit.DEFAULT))
        .contains("takes about 2,100,000 tokens")
        .doesNotContain("$");
  }

  @ParameterizedTest
  @CsvSource({"25, 25, 2000000, false", "$0.5, 0.5, 2000000, false", "0, 0, 2000000, false"})
  void limit_ofMoney(String text, double cost, double tokens, boolean byTokens) {
    assertThat(Limit.parse("--ask-above", text)).isEqualTo(new Limit(cost, tokens, byTokens));
  }

  @Test
  void limit_ofTokens_andMistakes() {
    Limit limit = Limit.parse("--ask-above", "5M tokens");
    assertThat(ExpensiveRun.question(costing(new Range(30, 42, 61), 4e6), limit)).isNull();
    assertThat(ExpensiveRun.question(costing(new Range(0, 0, 0), 6e6), limit)).isNotNull();
    for (String wrong : List.of("5M", "much", "-1", "")) {
      assertThatThrownBy(() -> Limit.parse("--ask-above", wrong))
          .hasMessageContaining("--ask-above: found '" + wrong + "', must be an amount of money");
    }
  }

  @Test
  void decide_yesOrNothingToAsk_goes_elseTheTerminalDecides() {
    assertThat(ExpensiveRun.decide(null, false, false)).isEqualTo(Decision.GO);
    assertThat(ExpensiveRun.decide("dear", true, false)).isEqualTo(Decision.GO);
    assertThat(ExpensiveRun.decide("dear", false, true)).isEqualTo(Decision.ASK);
    assertThat(ExpensiveRun.decide("dear", false, false)).isEqualTo(Decision.REFUSE);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8000/v1, false",
    "http://localhost:8000/v1, false",
    "http://[::1]:8000/v1, false",
    "https://api.example.com/v1, true",
    "http://10.0.0.7:8000/v1, true",
    "http://localhost.example.com/v1, true",
    "http://127.example.com/v1, true",
  })
  void leavesTheMachine_byTheAddressAlone(String url, boolean leaves) {
    Overrides flags =
        new Overrides(url, null, "m", "1", null, "1s", null, null, null, null, null, List.of());
    assertThat(ExpensiveRun.leavesTheMachine(ScenarioFile.fromFlags(flags, variable -> "")))
        .isEqualTo(leaves);
  }
}
