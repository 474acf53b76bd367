package dev.candor.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.audit.AuditFinding.Severity;
import dev.candor.mock.FaultPlay.Played;
import dev.candor.mock.audit.AttemptResult;
import dev.candor.mock.audit.AttemptResult.ClientGone;
import dev.candor.mock.audit.AttemptResult.Failed;
import dev.candor.mock.audit.AttemptResult.Succeeded;
import dev.candor.mock.audit.CallKey;
import dev.candor.mock.audit.RetryAudit;
import dev.candor.mock.audit.Verdict;
import dev.candor.scenario.AuditScript.Act;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of which behaviour; acts of 100 s each, one after another. */
final class FindingsTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long ACT = 100 * SECOND;
  private static final AttemptResult DONE = new Succeeded();
  private static final AttemptResult BUSY = Failed.status(429, null);

  private final RetryAudit audit = new RetryAudit();
  private final List<Act> acts = new ArrayList<>();
  private long calls;

  private void act(String name, MockFault... faults) {
    acts.add(new Act(name, ACT, List.of(faults).stream().map(FaultRule::always).toList()));
  }

  /** A call of the act that was added last. */
  private void call(long atNanos, long lastsNanos, long pauseNanos, AttemptResult... results) {
    CallKey key = new CallKey(calls++, false, false);
    long at = (acts.size() - 1) * ACT + atNanos;
    for (AttemptResult result : results) {
      audit.begin(key, at, 10).end(result, at + lastsNanos, 5);
      at += lastsNanos + pauseNanos;
    }
  }

  private AuditResult result() {
    List<Played> played = new ArrayList<>();
    for (int i = 0; i < acts.size(); i++) {
      played.add(
          new Played(acts.get(i), i * ACT, (i + 1) * ACT, audit.report(i * ACT, (i + 1) * ACT)));
    }
    return new AuditResult("test", audit.report(), played, List.of(), null);
  }

  private AuditFinding only(String id) {
    List<AuditFinding> found =
        result().findings().stream().filter(finding -> finding.id().equals(id)).toList();
    assertThat(found).as("%s in %s", id, result().findings()).hasSize(1);
    return found.getFirst();
  }

  private List<String> ids() {
    return result().findings().stream().map(AuditFinding::id).toList();
  }

  @Test
  void retriesAtOnce_areCritical_andFirst() {
    act("busy", new MockFault.ErrorStatus(429, 2 * SECOND, null));
    for (int i = 0; i < 20; i++) {
      call(i * SECOND, MILLI, MILLI, Failed.status(429, 2 * SECOND), BUSY, BUSY, DONE);
    }
    assertThat(result().whole().verdict()).isEqualTo(Verdict.STORM);
    assertThat(result().findings().getFirst().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(only("retries-at-once").seen()).contains("1 ms");
    assertThat(only("retry-after-ignored").seen()).contains("20 of 20", "up to 2 s");
    assertThat(only("too-many-attempts").seen()).contains("attempted 4 times");
  }

  @Test
  void verdictThatIsNotGood_alwaysHasAFindingThatIsNoNote() {
    act("busy", new MockFault.ErrorStatus(429, null, null));
    for (int i = 0; i < 30; i++) {
      call(i * SECOND, MILLI, 300 * MILLI, BUSY, BUSY, DONE);
    }
    assertThat(result().whole().verdict()).isEqualTo(Verdict.NAIVE);
    assertThat(ids()).contains("pauses-do-not-grow", "no-jitter");
    assertThat(result().findings().getFirst().severity()).isNotEqualTo(Severity.NOTE);
  }

  @Test
  void runawayAct_isAStorm_howeverManyCallsOfOthersGoWell() {
    act("busy", new MockFault.ErrorStatus(429, null, null));
    AttemptResult[] results = new AttemptResult[12];
    Arrays.fill(results, BUSY);
    call(0, MILLI, 100 * MILLI, results);
    call(0, MILLI, 100 * MILLI, results);
    act("recovery");
    for (int i = 0; i < 100; i++) {
      call(i * MILLI, MILLI, 0, DONE);
    }
    assertThat(result().verdict()).isEqualTo(Verdict.STORM);
    assertThat(result().passed()).isFalse();
    assertThat(result().reasons().getFirst()).startsWith("Act busy: ").contains("12.00 times");
  }

  @Test
  void nothingRetried_isANote() {
    act("busy", new MockFault.ErrorStatus(503, null, null));
    call(0, MILLI, 0, Failed.status(503, null));
    call(SECOND, MILLI, 0, DONE);
    assertThat(only("no-retry").seen())
        .isEqualTo("Act busy: 1 of 2 calls failed, and none was tried again.");
  }

  @Test
  void hang_waitedForToItsEnd_warnsFrom30SecondsOn() {
    act("hang", new MockFault.Stall(0, 35 * SECOND));
    call(0, 36 * SECOND, 0, DONE);
    assertThat(only("no-timeout").severity()).isEqualTo(Severity.WARNING);
    assertThat(only("no-timeout").seen()).contains("waited up to 36 s");
  }

  @Test
  void hang_shortStall_isANote_andAClientThatLeavesHasADeadline() {
    act("short", new MockFault.Stall(0, 5 * SECOND));
    call(0, 6 * SECOND, 0, DONE);
    assertThat(only("no-timeout").severity()).isEqualTo(Severity.NOTE);
    act("long", new MockFault.Stall(0, 35 * SECOND));
    call(0, 20 * SECOND, SECOND, new ClientGone(), DONE);
    assertThat(ids()).containsOnlyOnce("no-timeout").doesNotContain("short-timeout");
    act("impatient", new MockFault.Stall(0, 35 * SECOND));
    call(0, SECOND, SECOND, new ClientGone(), DONE);
    assertThat(only("short-timeout").seen()).contains("gave up after 1 s");
  }

  @Test
  void cut_askedForAgainOrNot() {
    act("cut", new MockFault.Disconnect(8));
    call(0, SECOND, SECOND, Failed.fault("disconnect"), DONE);
    assertThat(only("cut-retried").seen()).contains("1 of 1 answers");
    act("cut too", new MockFault.Disconnect(8));
    call(0, SECOND, SECOND, Failed.fault("disconnect"));
    assertThat(only("cut-kept").seen()).contains("Act cut too: 1 answers");
  }

  @Test
  void silenceInTheLastQuietAct_isAWarning() {
    act("baseline");
    call(0, SECOND, 0, DONE);
    act("busy", new MockFault.ErrorStatus(429, null, null));
    call(0, SECOND, 0, BUSY);
    act("recovery");
    assertThat(only("does-not-come-back").severity()).isEqualTo(Severity.WARNING);
    call(0, SECOND, 0, DONE);
    assertThat(ids()).doesNotContain("does-not-come-back");
  }
}
