package dev.candor.mock.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockFault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class AnswerFaultsTest {
  private static final Seed SEED = new Seed(42);

  private static AnswerFaults of(MockFault.OfAnswer... struck) {
    return AnswerFaults.of(List.of(struck), SEED);
  }

  @Test
  void of_nothing_isNone() {
    assertThat(of()).isSameAs(AnswerFaults.NONE);
  }

  @Test
  void of_faultsThatGoTogether_combinesThem() {
    AnswerFaults faults =
        of(
            new MockFault.PingFlood(7),
            new MockFault.Stall(5, 100),
            new MockFault.SlowHeaders(new Distribution.Constant(2e9)),
            new MockFault.TokensPerChunk(4),
            new MockFault.SplitUtf8(),
            new MockFault.LyingUsage(1.5),
            new MockFault.Truncated(9),
            new MockFault.MalformedJson(2));
    assertThat(faults)
        .isEqualTo(
            new AnswerFaults(
                List.of(
                    "ping-flood",
                    "stall",
                    "slow-headers",
                    "tokens-per-chunk",
                    "split-utf8",
                    "lying-usage",
                    "truncate",
                    "malformed-json"),
                2_000_000_000,
                null,
                List.of(
                    new MockFault.MalformedJson(2),
                    new MockFault.Stall(5, 100),
                    new MockFault.Truncated(9)),
                4,
                true,
                7,
                true,
                1.5));
    assertThat(of(new MockFault.MissingUsage()).usage()).isFalse();
  }

  @Test
  void of_twoOfAKind_theFirstCounts() {
    AnswerFaults faults =
        of(
            new MockFault.Stall(9, 1),
            new MockFault.TokensPerChunk(2),
            new MockFault.Stall(3, 2),
            new MockFault.TokensPerChunk(8));
    assertThat(faults.midStream()).containsExactly(new MockFault.Stall(9, 1));
    assertThat(faults.tokensPerChunk()).isEqualTo(2);
    assertThat(faults.names()).containsExactly("stall", "tokens-per-chunk");
  }

  @Test
  void of_sameToken_keepsTheOrderOfTheRules() {
    assertThat(of(new MockFault.Truncated(3), new MockFault.Disconnect(3)).midStream())
        .containsExactly(new MockFault.Truncated(3), new MockFault.Disconnect(3));
  }

  static final List<MockFault.Replacing> REPLACING =
      List.of(
          new MockFault.ErrorStatus(429, null, null),
          new MockFault.NoAnswer(),
          new MockFault.Reset(-1),
          new MockFault.HtmlInsteadOfJson(),
          new MockFault.EndlessLine(),
          new MockFault.InvalidUtf8(),
          new MockFault.EmptyAnswer());

  @ParameterizedTest
  @FieldSource("REPLACING")
  void of_oneThatReplaces_leavesOnlyADelay(MockFault.Replacing replacing) {
    AnswerFaults faults =
        of(
            new MockFault.Stall(3, 0),
            new MockFault.SlowHeaders(new Distribution.Constant(5)),
            replacing,
            new MockFault.ErrorStatus(503, null, null),
            new MockFault.MissingUsage());
    assertThat(faults)
        .isEqualTo(
            new AnswerFaults(
                List.of("slow-headers", AnswerFaults.name(replacing)),
                5,
                replacing,
                List.of(),
                0,
                false,
                0,
                true,
                1));
  }

  @Test
  void of_resetAfterTokens_isMidStream() {
    AnswerFaults faults = of(new MockFault.Reset(0), new MockFault.MissingUsage());
    assertThat(faults.instead()).isNull();
    assertThat(faults.midStream()).containsExactly(new MockFault.Reset(0));
    assertThat(faults.usage()).isFalse();
  }

  @Test
  void delay_isTheRequestsOwn() {
    MockFault.OfAnswer slow = new MockFault.SlowHeaders(new Distribution.Exponential(1e9));
    long delay = of(slow).delayNanos();
    assertThat(of(new MockFault.MissingUsage(), slow).delayNanos()).isEqualTo(delay).isPositive();
    assertThat(AnswerFaults.of(List.of(slow), new Seed(43)).delayNanos()).isNotEqualTo(delay);
  }

  @Test
  void name_ofAnError_hasItsStatus() {
    assertThat(of(new MockFault.ErrorStatus(429, null, null)).names()).containsExactly("error 429");
  }
}
