package dev.candor.mock.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.mock.audit.AttemptResult.ClientGone;
import dev.candor.mock.audit.AttemptResult.Failed;
import dev.candor.mock.audit.AttemptResult.Succeeded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which requests are one call, and what is kept. */
final class RetryAuditTest {
  private static final long SECOND = 1_000_000_000L;
  private static final CallKey KEY = new CallKey(1, false, false);
  private static final CallKey REPEATED = new CallKey(1, false, true);
  private static final CallKey NAMED = new CallKey(1, true, false);
  private static final AttemptResult DOWN = Failed.status(503, null);
  private static final AttemptResult DONE = new Succeeded();

  private final RetryAudit audit = new RetryAudit();

  private AuditFigures.Attempts attempts() {
    return audit.report().figures().attempts();
  }

  @Test
  void begin_afterSuccess_isANewCall() {
    audit.begin(KEY, 0, 1).end(DONE, SECOND, 1);
    audit.begin(KEY, SECOND, 1).end(DONE, 2 * SECOND, 1);
    assertThat(audit.report().figures().calls()).isEqualTo(new AuditFigures.Calls(2, 0, 0, 0));
  }

  @Test
  void begin_afterFailure_isARetry_untilTenMinutesOfRest() {
    audit.begin(KEY, 0, 1).end(DOWN, SECOND, 1);
    audit.begin(KEY, 601 * SECOND, 1).end(DOWN, 602 * SECOND, 1);
    assertThat(attempts().retries()).isEqualTo(1);
    audit.begin(KEY, 1203 * SECOND, 1).end(DONE, 1204 * SECOND, 1);
    assertThat(attempts().retries()).isEqualTo(1);
    assertThat(audit.report().figures().calls()).isEqualTo(new AuditFigures.Calls(1, 0, 0, 1));
  }

  @Test
  void begin_whileAnotherIsUnderWay_isAHedge_withItsWaste() {
    Attempt first = audit.begin(KEY, 0, 100);
    Attempt hedge = audit.begin(KEY, SECOND, 100);
    assertThat(audit.report().figures().calls().underWay()).isEqualTo(1);
    hedge.end(DONE, 2 * SECOND, 10);
    first.end(DONE, 3 * SECOND, 20);
    AuditReport report = audit.report();
    assertThat(report.verdict()).isEqualTo(Verdict.NONE);
    assertThat(report.figures().attempts().hedges()).isEqualTo(1);
    assertThat(report.figures().attempts().retries()).isZero();
    assertThat(report.figures().waste()).isEqualTo(new AuditFigures.Waste(0, 110));
    assertThat(report.reasons()).anyMatch(reason -> reason.contains("Hedges: 1;"));
  }

  @Test
  void begin_hedgeCancelled_isNoFailure_butWaste() {
    Attempt first = audit.begin(KEY, 0, 100);
    Attempt hedge = audit.begin(KEY, SECOND, 100);
    first.end(DONE, 2 * SECOND, 10);
    hedge.end(new ClientGone(), 2 * SECOND, 5);
    AuditReport report = audit.report();
    assertThat(report.verdict()).isEqualTo(Verdict.NONE);
    assertThat(report.figures().waste()).isEqualTo(new AuditFigures.Waste(105, 0));
  }

  @Test
  void begin_hedgeFailed_retryOfTheWholeIsARetryAfterTheLastEnd() {
    Attempt first = audit.begin(KEY, 0, 1);
    Attempt hedge = audit.begin(KEY, SECOND, 1);
    hedge.end(DOWN, 2 * SECOND, 0);
    first.end(Failed.status(429, 4 * SECOND), 3 * SECOND, 0);
    audit.begin(KEY, 7 * SECOND, 1);
    assertThat(attempts().retries()).isEqualTo(1);
    assertThat(audit.report().figures().retryAfter())
        .isEqualTo(new AuditFigures.RetryAfter(1, 1, 0));
  }

  @Test
  void begin_markedAsRepeat_joinsACallThatSucceeded() {
    audit.begin(KEY, 0, 1).end(DONE, SECOND, 1);
    audit.begin(REPEATED, 2 * SECOND, 1).end(DONE, 3 * SECOND, 1);
    assertThat(attempts().repeats()).isEqualTo(1);
    assertThat(audit.report().figures().waste().duplicateTokens()).isEqualTo(2);
  }

  @Test
  void begin_underAnIdempotencyKey_isOneCall_howeverLate() {
    audit.begin(NAMED, 0, 1).end(DOWN, SECOND, 1);
    audit.begin(NAMED, 1000 * SECOND, 1).end(DONE, 1001 * SECOND, 1);
    audit.begin(NAMED, 1002 * SECOND, 1).end(DONE, 1003 * SECOND, 1);
    assertThat(audit.report().figures().calls()).isEqualTo(new AuditFigures.Calls(0, 1, 0, 0));
    assertThat(attempts().repeats()).isEqualTo(1);
    assertThat(attempts().retries()).isEqualTo(1);
  }

  @Test
  void begin_retriedForEver_isCutIntoCalls() {
    for (int i = 0; i < Call.MOST_ATTEMPTS + 1; i++) {
      audit.begin(NAMED, i * SECOND, 1).end(DOWN, i * SECOND, 0);
    }
    assertThat(attempts().perCall())
        .containsOnly(Map.entry(1, 1L), Map.entry(Call.MOST_ATTEMPTS, 1L));
  }

  @Test
  void begin_noMoreRoom_dropsOldestCallsAndCountsThem() {
    RetryAudit small = new RetryAudit(10);
    Attempt oldest = small.begin(KEY, 0, 1);
    for (int i = 2; i <= 12; i++) {
      small.begin(new CallKey(i, false, false), i, 1).end(DONE, i, 1);
    }
    oldest.end(DOWN, 20, 0);
    AuditFigures figures = small.report().figures();
    assertThat(figures.calls()).isEqualTo(new AuditFigures.Calls(10, 0, 0, 0));
    assertThat(figures.droppedCalls()).isEqualTo(2);
    small.begin(KEY, 30, 1);
    assertThat(small.report().figures().attempts().retries()).isZero();
  }

  @Test
  void beginAndEnd_fromManyThreads_loseNothing() {
    IntStream.range(0, 8_000)
        .parallel()
        .forEach(
            i ->
                audit
                    .begin(new CallKey(i % 100, true, false), i, 1)
                    .end(i % 2 == 0 ? DOWN : DONE, i, 1));
    assertThat(attempts().total()).isEqualTo(8_000);
    assertThat(attempts().failed()).isEqualTo(4_000);
    assertThat(audit.report().figures().calls().total()).isEqualTo(100);
    assertThat(audit.report().figures().calls().underWay()).isZero();
  }

  @Test
  void end_twice_countsTheFirst() {
    Attempt attempt = audit.begin(KEY, 0, 1);
    attempt.end(DONE, SECOND, 1);
    attempt.end(DOWN, 2 * SECOND, 1);
    assertThat(audit.report().figures().calls()).isEqualTo(new AuditFigures.Calls(1, 0, 0, 0));
  }

  @Test
  void reset_forgets_attemptsUnderWayEndUnseen() {
    Attempt attempt = audit.begin(KEY, 0, 1);
    audit.reset();
    attempt.end(DOWN, SECOND, 1);
    AuditReport report = audit.report();
    assertThat(report.verdict()).isEqualTo(Verdict.NONE);
    assertThat(report.figures().attempts().total()).isZero();
    assertThat(report.figures().pressure().amplification()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "400, false",
    "401, false",
    "403, false",
    "404, false",
    "422, false",
    "408, true",
    "409, true",
    "429, true",
    "500, true",
    "503, true",
    "529, true"
  })
  void status_retryable_asTheSdksHaveIt(int status, boolean retryable) {
    assertThat(Failed.status(status, null).retryable()).isEqualTo(retryable);
  }

  private static CallKey key(@Nullable String name, @Nullable String count, String body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    CallKey key = CallKey.of(name, count, "secret", "/v1/chat/completions", bytes);
    assertThat(bytes.position()).isZero();
    return key;
  }

  @Test
  void key_ofBody_differsByAnyByteAndBySender() {
    String body = "{\"model\":\"m\",\"messages\":[]}";
    CallKey key = key(null, null, body);
    assertThat(key).isEqualTo(key(null, "0", body)).isEqualTo(key("", null, body));
    assertThat(key.named()).isFalse();
    for (int i = 0; i < body.length(); i++) {
      String other = body.substring(0, i) + '#' + body.substring(i + 1);
      assertThat(key(null, null, other).fingerprint()).isNotEqualTo(key.fingerprint());
    }
    assertThat(key(null, null, body + "\0").fingerprint()).isNotEqualTo(key.fingerprint());
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    assertThat(CallKey.of(null, null, "other", "/v1/chat/completions", bytes).fingerprint())
        .isNotEqualTo(key.fingerprint());
  }

  @Test
  void key_ofIdempotencyKey_isThatAlone() {
    assertThat(key("abc", null, "one")).isEqualTo(key("abc", null, "two"));
    assertThat(key("abc", null, "one").named()).isTrue();
    assertThat(key("abc", null, "one")).isNotEqualTo(key("abd", null, "one"));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "10, true", "'', false", "-1, false", "x, false"})
  void key_retryCountOfTheSdks_marksARepeat(String count, boolean repeat) {
    assertThat(key(null, count, "body").repeat()).isEqualTo(repeat);
  }

  @Test
  void json_estimates_withTheirIntervals_inSeconds() {
    for (int i = 0; i < 9; i++) {
      audit.begin(NAMED, i * (i + 1L) / 2 * SECOND, 1).end(DOWN, i * (i + 1L) / 2 * SECOND, 0);
    }
    JsonNode backoff = JsonMapper.shared().readTree(AuditJson.text(audit.report())).get("backoff");
    // The pauses are 1 s to 8 s; of eight, the first and the eighth hold the median with 99 %.
    assertThat(backoff.get("pause_s"))
        .isEqualTo(JsonMapper.shared().readTree("{\"median\": 4.5, \"low\": 1.0, \"high\": 8.0}"));
    assertThat(backoff.get("growth").get("median").asDouble()).isEqualTo(5.0 / 4);
  }

  @Test
  void json_hasAllFigures() {
    audit.begin(KEY, 0, 100).end(Failed.status(429, 2 * SECOND), 0, 0);
    audit.begin(KEY, SECOND / 2, 100).end(Failed.status(400, null), SECOND, 0);
    audit.begin(KEY, 2 * SECOND, 100).end(DONE, 3 * SECOND, 10);
    JsonNode json = JsonMapper.shared().readTree(AuditJson.text(audit.report()));
    assertThat(json)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {
                      "verdict": "naive",
                      "reasons": [
                        "Retries that cannot help: 1, after 400.",
                        "1 of 1 retries came sooner than retry-after asked, by up to 1.5 s."
                      ],
                      "calls": {"total": 1, "succeeded_first": 0, "succeeded_later": 1,
                                "under_way": 0, "gave_up": 0},
                      "attempts": {"total": 3, "retries": 2, "hedges": 0, "repeats": 0,
                                   "failed": 2, "client_gone": 0,
                                   "after_non_retryable": {"400": 1}, "per_call": {"3": 1},
                                   "most": 3},
                      "retry_after": {"asked": 1, "kept": 0, "worst_s": 1.5},
                      "backoff": {"pause_s": null, "growth": null, "jitter": null},
                      "amplification": 3.0,
                      "worst_amplification": null,
                      "burst": null,
                      "wasted_tokens": {"failed": 200, "duplicate": 0},
                      "failures": {"400": 1, "429": 1},
                      "retried": {"400": 1, "429": 1},
                      "held": {"left_soonest_s": null, "left_latest_s": null,
                               "longest_s": 1.0},
                      "dropped_calls": 0
                    }
                    """));
  }
}
