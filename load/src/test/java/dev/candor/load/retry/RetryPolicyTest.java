package dev.candor.load.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.ServerHints;
import dev.candor.load.transport.ServerHints.Limit;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.GivenUp;
import dev.candor.record.Outcome;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Retries.Advice;
import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.Beyond;
import dev.candor.scenario.Retries.On;
import dev.candor.scenario.Retries.Reach;
import dev.candor.scenario.Retries.Use;
import dev.candor.scenario.SdkRetries;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final long OWN = 100 * MS;

  private final VirtualTime time = new VirtualTime();

  private static Retries fixed(Reach reach, Advice advice) {
    return new Retries("fixed", 3, new Backoff.Fixed(OWN), On.DEFAULT, reach, advice, null, null);
  }

  private static Retries fixed(Advice advice) {
    return fixed(Reach.FIRST_TOKEN, advice);
  }

  private RetryPolicy policy(Retries retries) {
    return new RetryPolicy(retries, new Seed(1), time, 1);
  }

  private static AttemptTrace failed(Outcome outcome, int status) {
    AttemptTrace trace = new AttemptTrace();
    trace.outcome = outcome;
    trace.httpStatus = status;
    return trace;
  }

  private static AttemptTrace limited(@Nullable ServerHints hints) {
    AttemptTrace trace = failed(Outcome.RATE_LIMITED, 429);
    trace.hints = hints;
    return trace;
  }

  private Decision decide(Advice advice, ServerHints hints) {
    return policy(fixed(advice)).ended(limited(hints), 0);
  }

  private static Decision again(long nanos) {
    return new Decision.Again(nanos);
  }

  private static Decision stop(GivenUp why) {
    return new Decision.Stop(why);
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMITED, 429, true",
    "SERVER_ERROR, 500, true",
    "SERVER_ERROR, 529, true",
    "REJECTED, 408, true",
    "REJECTED, 409, true",
    "REJECTED, 400, false",
    "UNAUTHORIZED, 401, false",
    "NOT_FOUND, 404, false",
    "CONNECT_FAILED, 0, true",
    "TIMEOUT_HEADERS, 0, true",
    "DISCONNECTED, 0, true",
    "ERROR_FRAME, 200, true",
    "MALFORMED, 200, false",
    "EMPTY_ANSWER, 200, false",
  })
  void ended_byDefault_triesAgainWhatMayPass(Outcome outcome, int status, boolean again) {
    assertThat(policy(fixed(Advice.DEFAULT)).ended(failed(outcome, status), 0))
        .isEqualTo(again ? again(OWN) : stop(GivenUp.NOT_RETRIED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPLETED", "ABANDONED", "UNFINISHED", "CANCELLED"})
  void ended_withoutAFailure_isOver(Outcome outcome) {
    assertThat(policy(fixed(Advice.DEFAULT)).ended(failed(outcome, 200), 0))
        .isEqualTo(Decision.Over.OVER);
  }

  @Test
  void ended_lastAttempt_isGivenUp() {
    AttemptTrace trace = limited(null);
    trace.attempt = 2;
    assertThat(policy(fixed(Advice.DEFAULT)).ended(trace, 0)).isEqualTo(again(OWN));
    trace.attempt = 3;
    assertThat(policy(fixed(Advice.DEFAULT)).ended(trace, 0)).isEqualTo(stop(GivenUp.ATTEMPTS));
  }

  @Test
  void ended_brokenStream_asFarAsIsAskedFor() {
    AttemptTrace begun = failed(Outcome.DISCONNECTED, 200);
    begun.sent = 0;
    begun.headers = 5;
    assertThat(policy(fixed(Reach.HEADERS, Advice.DEFAULT)).ended(begun, 0))
        .isEqualTo(stop(GivenUp.NOT_RETRIED));
    assertThat(policy(fixed(Reach.FIRST_TOKEN, Advice.DEFAULT)).ended(begun, 0))
        .isEqualTo(again(OWN));
    begun.readNanos = 6;
    begun.onText(TextKind.ANSWER, new byte[] {'a'}, 0, 1);
    assertThat(policy(fixed(Reach.FIRST_TOKEN, Advice.DEFAULT)).ended(begun, 0))
        .isEqualTo(stop(GivenUp.NOT_RETRIED));
    assertThat(policy(fixed(Reach.END, Advice.DEFAULT)).ended(begun, 0)).isEqualTo(again(OWN));
  }

  @Test
  void ended_retryAfter_isHonouredExactOrIgnored() {
    ServerHints hints = ServerHints.retryAfter(2 * SECOND, null);
    assertThat(decide(Advice.DEFAULT, hints)).isEqualTo(again(2 * SECOND + OWN));
    assertThat(decide(new Advice(Use.EXACT, true, 60 * SECOND, Beyond.BACKOFF, true), hints))
        .isEqualTo(again(2 * SECOND));
    assertThat(decide(new Advice(Use.IGNORE, true, 60 * SECOND, Beyond.BACKOFF, true), hints))
        .isEqualTo(again(OWN));
  }

  @ParameterizedTest
  @CsvSource({"BACKOFF, 100", "CAP, 60100", "GIVE_UP, -1"})
  void ended_retryAfterBeyondWhatIsHonoured(Beyond beyond, long millis) {
    assertThat(
            decide(
                new Advice(Use.HONOUR, true, 60 * SECOND, beyond, true),
                ServerHints.retryAfter(61 * SECOND, null)))
        .isEqualTo(millis < 0 ? stop(GivenUp.SERVER) : again(millis * MS));
  }

  @Test
  void ended_limitedWithoutRetryAfter_waitsForTheReset() {
    ServerHints hints =
        new ServerHints(
            null,
            null,
            null,
            new Limit(600L, 0L, 3 * SECOND),
            new Limit(90_000L, 10L, 40 * SECOND),
            Limit.UNKNOWN,
            Limit.UNKNOWN);
    assertThat(decide(Advice.DEFAULT, hints)).isEqualTo(again(3 * SECOND + OWN));
    assertThat(decide(new Advice(Use.HONOUR, false, 60 * SECOND, Beyond.BACKOFF, true), hints))
        .isEqualTo(again(OWN));
  }

  @Test
  void ended_shouldRetry_decides() {
    ServerHints no =
        new ServerHints(
            null, null, false, Limit.UNKNOWN, Limit.UNKNOWN, Limit.UNKNOWN, Limit.UNKNOWN);
    ServerHints yes =
        new ServerHints(
            null, null, true, Limit.UNKNOWN, Limit.UNKNOWN, Limit.UNKNOWN, Limit.UNKNOWN);
    AttemptTrace rejected = failed(Outcome.REJECTED, 400);
    rejected.hints = yes;
    assertThat(decide(Advice.DEFAULT, no)).isEqualTo(stop(GivenUp.SERVER));
    assertThat(policy(fixed(Advice.DEFAULT)).ended(rejected, 0)).isEqualTo(again(OWN));
  }

  @Test
  void ended_budgetUsedUp_isGivenUp() {
    Retries retries =
        new Retries(
            "fixed",
            3,
            new Backoff.Fixed(OWN),
            On.DEFAULT,
            Reach.FIRST_TOKEN,
            Advice.DEFAULT,
            new Retries.Budget(0.1, 0),
            null);
    RetryPolicy policy = policy(retries);
    for (int i = 0; i < 20; i++) {
      policy.begun();
    }
    assertThat(policy.ended(limited(null), 0)).isEqualTo(again(OWN));
    assertThat(policy.ended(limited(null), 0)).isEqualTo(again(OWN));
    assertThat(policy.ended(limited(null), 0)).isEqualTo(stop(GivenUp.BUDGET));
  }

  private static Retries broken() {
    return new Retries(
        "fixed",
        3,
        new Backoff.Fixed(OWN),
        On.DEFAULT,
        Reach.FIRST_TOKEN,
        Advice.DEFAULT,
        null,
        new Retries.Breaker(0.5, 10 * SECOND, 10, 5 * SECOND, 2));
  }

  @Test
  void ended_breaker_opensClosesAndOpensOnVirtualTime() {
    RetryPolicy policy = policy(broken());
    for (int i = 0; i < 9; i++) {
      assertThat(policy.ended(limited(null), 0)).as("failure %d", i).isEqualTo(again(OWN));
    }
    assertThat(policy.ended(limited(null), 0)).isEqualTo(stop(GivenUp.BREAKER));
    time.runUntil(5 * SECOND - 1);
    assertThat(policy.ended(limited(null), 0)).isEqualTo(stop(GivenUp.BREAKER));
    time.runUntil(5 * SECOND + MS);
    // It is half open now: two probes.
    assertThat(policy.ended(limited(null), 0)).isEqualTo(again(OWN));
    var _ = policy.ended(failed(Outcome.COMPLETED, 200), 0);
    var _ = policy.ended(failed(Outcome.COMPLETED, 200), 0);
    assertThat(policy.ended(limited(null), 0)).as("closed").isEqualTo(again(OWN));
  }

  @Test
  void ended_breakerWithMoreSuccesses_staysClosed() {
    RetryPolicy policy = policy(broken());
    for (int i = 0; i < 30; i++) {
      var _ = policy.ended(failed(Outcome.COMPLETED, 200), 0);
      var _ = policy.ended(failed(Outcome.COMPLETED, 200), 0);
      assertThat(policy.ended(limited(null), 0)).isEqualTo(again(OWN));
    }
  }

  @Test
  void ended_sameRequestAndTry_drawsTheSamePauseInAnyOrder() {
    Retries retries = SdkRetries.OPENAI.retries();
    AttemptTrace one = limited(null);
    one.request = 7;
    AttemptTrace other = limited(null);
    other.request = 8;
    RetryPolicy first = policy(retries);
    RetryPolicy second = policy(retries);

    Decision ofOne = first.ended(one, 0);
    Decision ofOther = first.ended(other, 0);

    assertThat(second.ended(other, 0)).isEqualTo(ofOther).isNotEqualTo(ofOne);
    assertThat(second.ended(one, 0)).isEqualTo(ofOne);
  }

  @Test
  void ended_openAi_waitsAsItIsTold_elseHalfASecondAndUpToAQuarterLess() {
    RetryPolicy policy = policy(SdkRetries.OPENAI.retries());
    assertThat(policy.ended(limited(ServerHints.retryAfter(2 * SECOND, 1500 * MS)), 0))
        .isEqualTo(again(1500 * MS));
    AttemptTrace second = limited(ServerHints.retryAfter(61 * SECOND, null));
    second.attempt = 2;
    assertThat(policy.ended(second, 0))
        .isInstanceOfSatisfying(
            Decision.Again.class,
            next -> assertThat(next.pauseNanos()).isBetween(750 * MS, 1000 * MS));
  }
}
