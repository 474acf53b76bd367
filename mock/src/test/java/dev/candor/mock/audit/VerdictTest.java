package dev.candor.mock.audit;

import static dev.candor.mock.audit.SyntheticApplication.MILLISECOND;
import static dev.candor.mock.audit.SyntheticApplication.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.mock.audit.AttemptResult.Failed;
import dev.candor.mock.audit.AttemptResult.Succeeded;
import dev.candor.mock.audit.SyntheticApplication.Policy;
import dev.candor.mock.audit.SyntheticApplication.Service;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications of known manners, judged. */
final class VerdictTest {
  /** As the SDKs do it: half a second, doubled, less up to a quarter. */
  private static final Policy SDK =
      (retry, asked, random) ->
          asked != null
              ? asked
              : Math.round(SECOND / 2.0 * (1 << (retry - 1)) * (1 - random.nextDouble() / 4));

  private static final Policy FULL_JITTER =
      (retry, asked, random) ->
          (asked == null ? 0 : asked) + random.nextLong(SECOND * (1 << (retry - 1)));

  private static final Policy DOUBLED = (retry, _, _) -> SECOND / 2 * (1 << (retry - 1));
  private static final Policy EVERY_100_MS = (_, _, _) -> 100 * MILLISECOND;
  private static final Policy EVERY_SECOND = (_, _, _) -> SECOND;
  private static final Policy AT_ONCE = (_, _, _) -> 0;

  private static final Service DOWN = _ -> Failed.status(503, null);
  private static final Service LIMITED = _ -> Failed.status(429, 2 * SECOND);
  private static final Service WRONG = _ -> Failed.status(400, null);
  private static final Service WELL = _ -> new Succeeded();
  private static final Service BACK_AFTER_2_S =
      nanos -> nanos < 2 * SECOND ? Failed.status(503, null) : new Succeeded();

  static List<Arguments> applications() {
    return List.of(
        Arguments.of("nothing failed", AT_ONCE, 9, WELL, Verdict.NONE, "nothing to judge"),
        Arguments.of("no retries", AT_ONCE, 1, DOWN, Verdict.GRACEFUL, "none was retried"),
        Arguments.of("SDK, outage", SDK, 5, DOWN, Verdict.GRACEFUL, "more than 5 times"),
        Arguments.of("SDK, limited", SDK, 5, LIMITED, Verdict.GRACEFUL, "400 of 400 retries kept"),
        Arguments.of("SDK, recovers", SDK, 5, BACK_AFTER_2_S, Verdict.GRACEFUL, "Pauses grow"),
        Arguments.of("full jitter", FULL_JITTER, 5, DOWN, Verdict.GRACEFUL, "vary by 5"),
        Arguments.of(
            "waits as told", FULL_JITTER, 3, LIMITED, Verdict.GRACEFUL, "kept retry-after"),
        Arguments.of("fixed", EVERY_100_MS, 6, LIMITED, Verdict.NAIVE, "500 of 500 retries came"),
        Arguments.of("fixed", EVERY_100_MS, 6, DOWN, Verdict.NAIVE, "each is 1.00 times"),
        Arguments.of("no jitter", DOUBLED, 4, DOWN, Verdict.NAIVE, "no jitter"),
        Arguments.of("at once, twice", AT_ONCE, 2, DOWN, Verdict.NAIVE, "came at once"),
        Arguments.of("no end", SDK, 11, DOWN, Verdict.NAIVE, "attempted 11 times"),
        Arguments.of("retries 400", SDK, 3, WRONG, Verdict.NAIVE, "cannot help: 200, after 400"),
        Arguments.of("at once", AT_ONCE, 5, DOWN, Verdict.STORM, "attempted 5.00 times"),
        Arguments.of("no end at all", EVERY_100_MS, 80, DOWN, Verdict.STORM, "worst 10 s"));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("applications")
  void report_ofKnownManners_verdictAndReason(
      String name, Policy policy, int most, Service service, Verdict verdict, String reason) {
    AuditReport report = new SyntheticApplication(1, policy, most, service).report(100, 2 * SECOND);
    assertThat(report.verdict()).as("%s: %s", name, report.reasons()).isEqualTo(verdict);
    assertThat(report.reasons()).anySatisfy(text -> assertThat(text).contains(reason));
  }

  @Test
  void report_allAtTheSameInstant_aWaveIsAStorm() {
    AuditReport report = new SyntheticApplication(1, EVERY_SECOND, 3, DOWN).report(40, 0);
    assertThat(report.verdict()).isEqualTo(Verdict.STORM);
    assertThat(report.reasons().getFirst()).contains("3.00 times");
    assertThat(report.reasons().get(1)).isEqualTo("50 % of all retries fell within 100 ms.");
    assertThat(new SyntheticApplication(1, EVERY_SECOND, 3, DOWN).report(40, SECOND).verdict())
        .isEqualTo(Verdict.NAIVE);
  }

  @Test
  void report_copiesInParallel_isAStorm_onlyWhereTheyFail() {
    assertThat(copiesInParallel(Failed.status(503, null)).verdict()).isEqualTo(Verdict.STORM);
    assertThat(copiesInParallel(new Succeeded()).verdict()).isEqualTo(Verdict.NONE);
  }

  private static AuditReport copiesInParallel(AttemptResult result) {
    RetryAudit audit = new RetryAudit();
    for (int call = 0; call < 10; call++) {
      CallKey key = new CallKey(call, false, false);
      List<Attempt> copies =
          IntStream.range(0, 4).mapToObj(copy -> audit.begin(key, copy, 1)).toList();
      copies.forEach(copy -> copy.end(result, SECOND, 0));
    }
    return audit.report();
  }

  @Test
  void report_outage_figuresOfTheSdksBackoff() {
    AuditFigures figures =
        new SyntheticApplication(1, SDK, 5, DOWN).report(200, 2 * SECOND).figures();
    assertThat(figures.calls()).isEqualTo(new AuditFigures.Calls(0, 0, 0, 200));
    assertThat(figures.attempts().perCall()).containsOnly(Map.entry(5, 200L));
    Estimate growth = Objects.requireNonNull(figures.backoff().growth());
    assertThat(growth.median()).isCloseTo(2, within(0.1)).isBetween(growth.low(), growth.high());
    // Uniform between 0.75 and 1: standard deviation 0.25/√12 over a mean of 0.875.
    assertThat(figures.backoff().jitter()).isCloseTo(0.0825, within(0.01));
    assertThat(figures.pressure().amplification()).isEqualTo(5);
    assertThat(figures.waste().failedTokens())
        .isEqualTo(1_000L * SyntheticApplication.PROMPT_TOKENS);
  }

  @Test
  void report_fixedPauses_figuresOfTheViolation() {
    AuditFigures figures =
        new SyntheticApplication(1, EVERY_100_MS, 6, LIMITED).report(100, 2 * SECOND).figures();
    assertThat(figures.retryAfter().kept()).isZero();
    assertThat(figures.retryAfter().worstNanos())
        .isBetween(1_899 * MILLISECOND, 1_900 * MILLISECOND);
    Estimate pauseNanos = Objects.requireNonNull(figures.backoff().pauseNanos());
    assertThat(pauseNanos.low()).isBetween(100.0 * MILLISECOND, pauseNanos.median());
    assertThat(pauseNanos.high()).isBetween(pauseNanos.median(), 101.0 * MILLISECOND);
  }

  @Test
  void report_retryAfterKept_isNotTheClientsOwnBackoff() {
    AuditFigures figures =
        new SyntheticApplication(1, SDK, 5, LIMITED).report(100, 2 * SECOND).figures();
    assertThat(figures.backoff()).isEqualTo(new AuditFigures.Backoff(null, null, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10, 20, 50})
  void report_fewCalls_goodMannersAreNotBlamedByChance(int calls) {
    for (int seed = 0; seed < 200; seed++) {
      for (Policy policy : List.of(SDK, FULL_JITTER)) {
        AuditReport report =
            new SyntheticApplication(seed, policy, 5, DOWN).report(calls, 2 * SECOND);
        assertThat(report.verdict())
            .as("seed %d: %s", seed, report.reasons())
            .isEqualTo(Verdict.GRACEFUL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 10, 20, 50})
  void report_fewCalls_fixedPausesAreFound(int calls) {
    for (int seed = 0; seed < 200; seed++) {
      AuditReport report =
          new SyntheticApplication(seed, EVERY_100_MS, 5, DOWN).report(calls, 2 * SECOND);
      assertThat(report.verdict()).as("seed %d", seed).isEqualTo(Verdict.NAIVE);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void report_anyTraffic_figuresAddUp(long seed) {
    RandomGenerator random = new Seed(seed).derive("service").stream();
    Service service =
        _ ->
            switch (random.nextInt(4)) {
              case 0 -> Failed.status(429, random.nextLong(SECOND));
              case 1 -> Failed.status(404, null);
              case 2 -> new AttemptResult.ClientGone();
              default -> new Succeeded();
            };
    int calls = 1 + random.nextInt(300);
    AuditFigures figures =
        new SyntheticApplication(seed, FULL_JITTER, 1 + random.nextInt(6), service)
            .report(calls, 5 * SECOND)
            .figures();
    AuditFigures.Attempts attempts = figures.attempts();
    assertThat(figures.calls().total()).isEqualTo(calls);
    assertThat(figures.calls().underWay()).isZero();
    assertThat(attempts.total())
        .isEqualTo(calls + attempts.retries() + attempts.hedges() + attempts.repeats())
        .isEqualTo(
            attempts.perCall().entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum())
        .isEqualTo(
            attempts.failed()
                + attempts.clientGone()
                + figures.calls().succeededFirst()
                + figures.calls().succeededLater());
    assertThat(figures.waste().failedTokens())
        .isEqualTo(
            (attempts.failed() + attempts.clientGone()) * SyntheticApplication.PROMPT_TOKENS);
    assertThat(attempts.perCall().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(calls);
  }
}
