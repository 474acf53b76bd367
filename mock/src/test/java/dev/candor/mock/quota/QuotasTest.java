package dev.candor.mock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.mock.quota.QuotaDecision.Admitted;
import dev.candor.mock.quota.QuotaDecision.Refused;
import dev.candor.scenario.Quota;
import dev.candor.scenario.Quota.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounting, in time that the test gives. */
final class QuotasTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private static Quota openAi(long requests, long tokens, Kind kind) {
    return new Quota(null, null, requests, tokens, 0, 0, kind);
  }

  private static Quota anthropic(long requests, long input, long output, Kind kind) {
    return new Quota(null, null, requests, 0, input, output, kind);
  }

  private static Quotas quotas(Quota... quotas) {
    return new Quotas(List.of(quotas), 0);
  }

  private static Refused refused(QuotaDecision decision) {
    assertThat(decision).isInstanceOf(Refused.class);
    return (Refused) decision;
  }

  private static long waitNanos(Refused refused) {
    return Objects.requireNonNull(refused.retryAfterNanos());
  }

  private static LimitState state(QuotaDecision decision, LimitKind kind) {
    return decision.limits().stream().filter(s -> s.kind() == kind).findFirst().orElseThrow();
  }

  /** Figures of OpenAI's own messages, as users reported them on GitHub. */
  @ParameterizedTest
  @CsvSource({
    "30000, 29937, 385, 644",
    "10000, 8554, 3082, 9816",
    "30000, 14567, 24754, 18642",
    "200000, 162960, 42288, 1575"
  })
  void admit_bucketShort_waitsAsOpenAiSays(long limit, long used, long requested, long waitMillis) {
    Quotas quotas = quotas(openAi(0, limit, Kind.TOKEN_BUCKET));
    assertThat(quotas.admit("k", "m", used, 0, 0)).isInstanceOf(Admitted.class);
    Refused refused = refused(quotas.admit("k", "m", requested, 0, 0));
    assertThat(refused.kind()).isEqualTo(LimitKind.TOKENS);
    assertThat(refused.used()).isEqualTo(used);
    assertThat(refused.requested()).isEqualTo(requested);
    assertThat(Math.ceilDiv(waitNanos(refused), 1_000_000L)).isEqualTo(waitMillis);
  }

  @Test
  void admit_tokens_chargesInputAndWholeAllowance_settlingGivesNothingBack() {
    Quotas quotas = quotas(openAi(0, 1000, Kind.TOKEN_BUCKET));
    QuotaDecision first = quotas.admit("k", "m", 300, 200, 0);
    quotas.settle(first, 300, 1, 0);
    assertThat(state(quotas.admit("k", "m", 100, 0, 0), LimitKind.TOKENS))
        .isEqualTo(new LimitState(LimitKind.TOKENS, 1000, 400, 36 * SECOND));
  }

  @Test
  void settle_inputTokens_givesBackCachedOnes_once() {
    Quotas quotas = quotas(anthropic(0, 1000, 0, Kind.TOKEN_BUCKET));
    QuotaDecision first = quotas.admit("k", "m", 900, 50, 0);
    assertThat(state(first, LimitKind.INPUT_TOKENS).remaining()).isEqualTo(100);
    quotas.settle(first, 200, 10, 0);
    quotas.settle(first, 200, 10, 0);
    assertThat(state(quotas.admit("k", "m", 1, 0, 0), LimitKind.INPUT_TOKENS).remaining())
        .isEqualTo(799);
  }

  @Test
  void settle_outputTokens_chargesWhatWasProduced_theAllowanceCostsNothing() {
    Quotas quotas = quotas(anthropic(0, 0, 600, Kind.TOKEN_BUCKET));
    QuotaDecision first = quotas.admit("k", "m", 10, 1_000_000, 0);
    QuotaDecision second = quotas.admit("k", "m", 10, 1_000_000, 0);
    assertThat(state(second, LimitKind.OUTPUT_TOKENS).remaining()).isEqualTo(600);
    quotas.settle(first, 10, 500, 0);
    quotas.settle(second, 10, 500, 0);
    Refused refused = refused(quotas.admit("k", "m", 10, 10, 0));
    assertThat(refused.kind()).isEqualTo(LimitKind.OUTPUT_TOKENS);
    assertThat(refused.retryAfterNanos()).isEqualTo(401 * SECOND / 10);
    assertThat(quotas.admit("k", "m", 10, 10, 401 * SECOND / 10)).isInstanceOf(Admitted.class);
  }

  @Test
  void settle_nextWindow_doesNotGiveBackWhatIsGone() {
    Quotas quotas = quotas(anthropic(0, 1000, 0, Kind.FIXED_WINDOW));
    QuotaDecision first = quotas.admit("k", "m", 900, 0, 0);
    assertThat(quotas.admit("k", "m", 900, 0, MINUTE)).isInstanceOf(Admitted.class);
    quotas.settle(first, 0, 0, MINUTE);
    assertThat(refused(quotas.admit("k", "m", 200, 0, MINUTE)).used()).isEqualTo(900);
  }

  @Test
  void admit_refusedForOneLimit_chargesNoOther() {
    Quotas quotas = quotas(anthropic(10, 1000, 0, Kind.TOKEN_BUCKET));
    assertThat(quotas.admit("k", "m", 900, 0, 0)).isInstanceOf(Admitted.class);
    Refused refused = refused(quotas.admit("k", "m", 200, 0, 0));
    assertThat(refused.kind()).isEqualTo(LimitKind.INPUT_TOKENS);
    assertThat(refused.limits()).extracting(LimitState::remaining).containsExactly(9L, 100L);
  }

  @Test
  void admit_refusedForTokens_countsAsARequest_asOpenAiDoes() {
    Quotas quotas = quotas(openAi(2, 1000, Kind.TOKEN_BUCKET));
    assertThat(refused(quotas.admit("k", "m", 2000, 0, 0)).limits())
        .extracting(LimitState::remaining)
        .containsExactly(1L, 1000L);
    quotas.admit("k", "m", 2000, 0, 0);
    assertThat(refused(quotas.admit("k", "m", 10, 0, 0)).kind()).isEqualTo(LimitKind.REQUESTS);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void admit_moreThanTheLimit_canNeverPass(Kind kind) {
    Refused refused = refused(quotas(openAi(0, 1000, kind)).admit("k", "m", 900, 101, 0));
    assertThat(refused.retryAfterNanos()).isNull();
    assertThat(quotas(openAi(0, 1000, kind)).admit("k", "m", 900, 100, 0))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void admit_severalShort_namesTheLongestWait() {
    Quotas quotas = quotas(openAi(60, 600, Kind.TOKEN_BUCKET));
    for (int i = 0; i < 60; i++) {
      quotas.admit("k", "m", 10, 0, 0);
    }
    assertThat(refused(quotas.admit("k", "m", 5, 0, 0)).kind()).isEqualTo(LimitKind.REQUESTS);
    Refused large = refused(quotas.admit("k", "m", 500, 0, 0));
    assertThat(large.kind()).isEqualTo(LimitKind.TOKENS);
    assertThat(large.retryAfterNanos()).isEqualTo(50 * SECOND);
  }

  @Test
  void admit_fixedWindow_comesBackAtTheTurnOfTheMinuteFromTheStart() {
    long start = 7 * SECOND;
    Quotas quotas = new Quotas(List.of(openAi(1, 0, Kind.FIXED_WINDOW)), start);
    assertThat(quotas.admit("k", "m", 1, 0, start + 59 * SECOND)).isInstanceOf(Admitted.class);
    Refused refused = refused(quotas.admit("k", "m", 1, 0, start + 59 * SECOND));
    assertThat(refused.retryAfterNanos()).isEqualTo(SECOND);
    assertThat(quotas.admit("k", "m", 1, 0, start + MINUTE)).isInstanceOf(Admitted.class);
  }

  @Test
  void admit_firstFittingQuota_bucketsOfTheirOwnPerKeyAndModel() {
    Quotas quotas =
        quotas(
            new Quota("gold", "m", 0, 0, 0, 0, Kind.TOKEN_BUCKET),
            new Quota(null, "m", 1, 0, 0, 0, Kind.TOKEN_BUCKET),
            new Quota("gold", null, 2, 0, 0, 0, Kind.TOKEN_BUCKET));
    assertThat(quotas.admit("gold", "m", 1, 0, 0).limits()).isEmpty();
    assertThat(quotas.admit("a", "m", 1, 0, 0)).isInstanceOf(Admitted.class);
    assertThat(quotas.admit("b", "m", 1, 0, 0)).isInstanceOf(Admitted.class);
    assertThat(quotas.admit("a", "m", 1, 0, 0)).isInstanceOf(Refused.class);
    assertThat(state(quotas.admit("gold", "x", 1, 0, 0), LimitKind.REQUESTS).limit()).isEqualTo(2);
    assertThat(state(quotas.admit("gold", "y", 1, 0, 0), LimitKind.REQUESTS).remaining())
        .isEqualTo(1);
    assertThat(quotas.admit("a", "x", 1, 0, 0).limits()).isEmpty();
  }

  @Test
  void admit_inventedKeys_dropsUnusedAccountsFirst() {
    Quotas quotas = new Quotas(List.of(openAi(2, 0, Kind.TOKEN_BUCKET)), 0, 3);
    quotas.admit("spent", "m", 1, 0, 0);
    quotas.admit("spent", "m", 1, 0, 0);
    quotas.admit("rested", "m", 1, 0, 1);
    quotas.admit("busy", "m", 1, 0, 40 * SECOND);
    quotas.admit("new", "m", 1, 0, 40 * SECOND);
    assertThat(quotas.accounts()).isEqualTo(3);
    assertThat(state(quotas.admit("spent", "m", 1, 0, 40 * SECOND), LimitKind.REQUESTS).remaining())
        .isZero();
    for (int i = 0; i < 100; i++) {
      quotas.admit("invented" + i, "m", 1, 0, 40 * SECOND);
    }
    assertThat(quotas.accounts()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void admit_fromManyThreads_admitsExactlyTheLimit(Kind kind) {
    Quotas quotas = quotas(openAi(1_000, 0, kind));
    long admitted =
        IntStream.range(0, 4_000)
            .parallel()
            .filter(i -> quotas.admit("k", "m", 1, 0, 0) instanceof Admitted)
            .count();
    assertThat(admitted).isEqualTo(1_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void admit_bucket_neverMoreThanLimitAndRefill_andPassesAfterTheWaitItNamed(long seed) {
    RandomGenerator random = new Seed(seed).derive("quotas").stream();
    long limit = 1 + random.nextLong(100_000);
    Quotas quotas = quotas(openAi(0, limit, Kind.TOKEN_BUCKET));
    long nanos = 0;
    double admitted = 0;
    for (int i = 0; i < 2_000; i++) {
      nanos += random.nextLong(2 * SECOND);
      long asked = 1 + random.nextLong(limit);
      QuotaDecision decision = quotas.admit("k", "m", asked, 0, nanos);
      if (decision instanceof Refused refused) {
        assertThat(quotas.admit("k", "m", asked, 0, nanos + waitNanos(refused) - 1))
            .isInstanceOf(Refused.class);
        nanos += waitNanos(refused);
        assertThat(quotas.admit("k", "m", asked, 0, nanos)).isInstanceOf(Admitted.class);
      }
      admitted += asked;
      // Each charge may be rounded down by less than a nanosecond of refill.
      assertThat(admitted).isLessThanOrEqualTo(limit + (nanos + i + 1.0) * limit / MINUTE);
    }
    assertThat(admitted).isGreaterThan(limit);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void admit_window_equalsACountPerMinute(long seed) {
    RandomGenerator random = new Seed(seed).derive("windows").stream();
    Quotas quotas = quotas(openAi(10, 0, Kind.FIXED_WINDOW));
    Deque<Long> passed = new ArrayDeque<>();
    long nanos = 0;
    for (int i = 0; i < 1_000; i++) {
      nanos += random.nextLong(8 * SECOND);
      long minute = nanos / MINUTE;
      long before = passed.stream().filter(at -> at / MINUTE == minute).count();
      boolean admitted = quotas.admit("k", "m", 1, 0, nanos) instanceof Admitted;
      assertThat(admitted).isEqualTo(before < 10);
      if (admitted) {
        passed.add(nanos);
      }
    }
  }
}
