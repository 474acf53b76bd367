package dev.candor.mock.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.mock.audit.AttemptResult.ClientGone;
import dev.candor.mock.audit.AttemptResult.Failed;
import dev.candor.mock.audit.AttemptResult.Succeeded;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The audit of a slice of time. */
final class AuditedSliceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AttemptResult DONE = new Succeeded();

  private final RetryAudit audit = new RetryAudit();

  private AuditFigures slice(long fromSeconds, long toSeconds) {
    return audit.report(fromSeconds * SECOND, toSeconds * SECOND).figures();
  }

  private static CallKey call(int number) {
    return new CallKey(number, false, false);
  }

  @Test
  void report_ofASlice_hasTheAttemptsThatArrivedInIt_endsExcluded() {
    for (int at = 0; at < 4; at++) {
      audit.begin(call(at), at * SECOND, 1).end(DONE, at * SECOND + 1, 1);
    }
    assertThat(slice(1, 3).calls()).isEqualTo(new AuditFigures.Calls(2, 0, 0, 0));
    assertThat(slice(4, 9).attempts().total()).isZero();
  }

  @Test
  void report_pauseAcrossTheEnd_belongsToTheSliceThatFailedTheAttempt() {
    audit.begin(call(1), SECOND, 1).end(Failed.status(429, 2 * SECOND), SECOND, 0);
    audit.begin(call(1), 4 * SECOND, 1).end(DONE, 5 * SECOND, 1);
    assertThat(slice(0, 3).retryAfter()).isEqualTo(new AuditFigures.RetryAfter(1, 1, 0));
    assertThat(slice(0, 3).failures().retried()).isEqualTo(Map.of("429", 1L));
    assertThat(slice(3, 9).retryAfter().asked()).isZero();
    assertThat(slice(3, 9).failures().retried()).isEmpty();
  }

  @Test
  void report_callThatGoesOnAfterTheSlice_hasNotGivenUpInIt() {
    audit.begin(call(1), 0, 1).end(Failed.status(503, null), SECOND, 0);
    audit.begin(call(1), 4 * SECOND, 1).end(Failed.status(503, null), 5 * SECOND, 0);
    assertThat(slice(0, 3).calls()).isEqualTo(new AuditFigures.Calls(0, 0, 1, 0));
    assertThat(slice(3, 9).calls()).isEqualTo(new AuditFigures.Calls(0, 0, 0, 1));
    assertThat(audit.report().figures().calls()).isEqualTo(new AuditFigures.Calls(0, 0, 0, 1));
  }

  @Test
  void report_whoLeftWhen_andTheLongestAttempt() {
    audit.begin(call(1), 0, 1).end(new ClientGone(), 3 * SECOND, 0);
    audit.begin(call(2), 0, 1).end(new ClientGone(), 5 * SECOND, 0);
    audit.begin(call(3), 0, 1).end(DONE, 9 * SECOND, 1);
    audit.begin(call(4), 0, 1);
    assertThat(slice(0, 1).holding())
        .isEqualTo(new AuditFigures.Holding(3 * SECOND, 5 * SECOND, 9 * SECOND));
    assertThat(slice(0, 1).failures().counts()).isEqualTo(Map.of("client-gone", 2L));
    assertThat(slice(1, 2).holding()).isEqualTo(new AuditFigures.Holding(null, null, null));
  }
}
