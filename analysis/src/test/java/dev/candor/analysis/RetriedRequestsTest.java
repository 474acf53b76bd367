package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.record.AttemptRecord;
import dev.candor.record.GivenUp;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Slo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests of several attempts, computed by hand: an attempt's answer begins after 100 ms. */
final class RetriedRequestsTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final int NONE = AttemptRecord.NONE;
  private static final PhaseRecord PHASE =
      new PhaseRecord(0, "hold", "open", null, 1.0, false, false, 20 * SECOND, 0, 20 * SECOND, 0);
  private static final Slo SLO = new Slo(null, SECOND, null, null, null, null, null);

  private final PhaseFigures figures = new PhaseFigures(null);
  private final WindowFigures seconds = new WindowFigures();

  private static AttemptRecord attempt(
      long request,
      int attempt,
      long requested,
      long intended,
      Outcome outcome,
      boolean retried,
      @Nullable GivenUp why) {
    boolean whole = outcome == Outcome.COMPLETED;
    boolean sent = outcome != Outcome.UNFINISHED && outcome != Outcome.ABANDONED;
    long first = whole ? intended + 100 * MS : NONE;
    long second = whole ? intended + 120 * MS : NONE;
    long end = !sent ? intended : whole ? intended + 120 * MS : intended + 50 * MS;
    return new AttemptRecord(
        request,
        attempt,
        0,
        "chat",
        request,
        0,
        NONE,
        0,
        intended,
        sent ? intended : NONE,
        whole ? first : NONE,
        first,
        second,
        first,
        second,
        end,
        NONE,
        outcome,
        whole ? 200 : 429,
        why == null ? null : why.noted("no"),
        null,
        50,
        whole ? 50 : NONE,
        NONE,
        NONE,
        whole ? 2 : 0,
        NONE,
        TokenSource.USAGE,
        10,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        whole ? new long[] {first, second} : new long[0],
        whole ? new int[] {1, 1} : new int[0],
        new long[0],
        new long[0],
        requested,
        retried,
        NONE);
  }

  private void add(AttemptRecord... attempts) {
    for (AttemptRecord a : attempts) {
      figures.add(a, SLO);
      figures.addWindow(a, 0, 20 * SECOND);
      seconds.add(a, SLO);
    }
  }

  /** In the order of intent. */
  private void run() {
    Outcome no = Outcome.RATE_LIMITED;
    Outcome yes = Outcome.COMPLETED;
    add(
        // Completed at once.
        attempt(0, 1, 0, 0, yes, false, null),
        // Completed by its second attempt, in time for its SLO: 0.9 s from its intent.
        attempt(1, 1, 0, 0, no, true, null),
        // By its third, 4.1 s from its intent: too late, though that attempt was as fast.
        attempt(2, 1, 0, 0, no, true, null),
        attempt(1, 2, 0, 800 * MS, yes, false, null),
        attempt(3, 1, SECOND, SECOND, no, true, null),
        attempt(2, 2, 0, 2 * SECOND, no, true, null),
        attempt(4, 1, 3 * SECOND, 3 * SECOND, Outcome.REJECTED, false, GivenUp.NOT_RETRIED),
        attempt(3, 2, SECOND, 3 * SECOND, no, false, GivenUp.ATTEMPTS),
        attempt(5, 1, 3 * SECOND, 3 * SECOND, no, true, null),
        attempt(2, 3, 0, 4 * SECOND, yes, false, null),
        // It waited as the run was over.
        attempt(5, 2, 3 * SECOND, 5 * SECOND, Outcome.UNFINISHED, false, null));
  }

  private Summary.Phase phase() {
    return figures.summarize("hold", List.of(PHASE), 20, null, null, Summary.Client.UNWATCHED);
  }

  @Test
  void requests_areTheirLastAttempts() {
    run();
    Summary.Requests requests = phase().requests();

    assertThat(requests.intended()).isEqualTo(6);
    assertThat(requests.completed()).isEqualTo(3);
    assertThat(requests.failed()).isEqualTo(2);
    assertThat(requests.unfinished()).isEqualTo(1);
    assertThat(requests.neverSent()).isZero();
    assertThat(requests.outcomes())
        .isEqualTo(Map.of("completed", 3L, "rejected", 1L, "rate_limited", 1L, "unfinished", 1L));
  }

  @Test
  void attempts_areThoseThatWereSent() {
    run();
    Summary.Phase phase = phase();

    assertThat(phase.attempts()).isEqualTo(10);
    assertThat(phase.retryAmplification()).isEqualTo(10 / 6.0);
    assertThat(phase.tries().outcomes())
        .isEqualTo(Map.of("completed", 3L, "rejected", 1L, "rate_limited", 6L));
    assertThat(phase.rates().admitted()).isEqualTo(6 / 20.0);
  }

  @Test
  void tries_sayHowOftenAndWhyNoMore() {
    run();
    Summary.Tries tries = phase().tries();

    assertThat(tries.again()).isEqualTo(4);
    assertThat(tries.recovered()).isEqualTo(2);
    assertThat(tries.byAttempts()).isEqualTo(Map.of(1, 3L, 2, 2L, 3, 1L));
    assertThat(tries.givenUp()).isEqualTo(Map.of("attempts", 1L, "not_retried", 1L));
    // 0.92 + 4.12 + 2.05 + 2 s, of which in attempts 0.17 + 0.22 + 0.1 + 0.05 s.
    assertThat(tries.waitingShare()).isCloseTo(1 - 0.54 / 9.09, within(1e-9));
  }

  @Test
  void latency_fromTheFirstIntent_andSloOfWhatItsUserWaited() {
    run();
    Summary.Phase phase = phase();

    assertThat(latency(phase, "ttft").max()).isCloseTo(100, within(0.1));
    assertThat(latency(phase, "ttft_intended").max()).isCloseTo(4100, within(4.0));
    assertThat(latency(phase, "e2e_intended").max()).isCloseTo(4120, within(4.0));
    // Requests 0 and 1 of six.
    assertThat(phase.goodput().ratio()).isEqualTo(2 / 6.0);
  }

  private static Summary.Latency latency(Summary.Phase phase, String key) {
    return Objects.requireNonNull(phase.latency().get(key));
  }

  private static RunInfo info() {
    return new RunInfo(
        "1",
        "s",
        1,
        "t",
        "m",
        Instant.EPOCH,
        20 * SECOND,
        false,
        null,
        1,
        "here",
        List.of(PHASE),
        List.of(),
        null,
        List.of(),
        0,
        false);
  }

  @Test
  void seconds_haveRequestsAndAttempts_andGoodputWhereTheyWereIntended() {
    run();
    List<Analysis.Window> windows = seconds.windows(info(), List.of(), new ClientHealth(null));

    assertThat(windows).extracting(Analysis.Window::arrivals).startsWith(3, 1, 0, 2, 0);
    assertThat(windows).extracting(Analysis.Window::attempts).startsWith(4, 1, 1, 3, 1);
    assertThat(windows).extracting(Analysis.Window::failed).startsWith(0, 0, 0, 2, 0);
    assertThat(windows.getFirst().goodput()).isEqualTo(2 / 3.0);
  }

  @Test
  void seconds_ofARunWithoutRetries_haveNoAttempts() {
    add(attempt(0, 1, 0, 0, Outcome.COMPLETED, false, null));

    assertThat(seconds.windows(info(), List.of(), new ClientHealth(null)).getFirst().attempts())
        .isNull();
  }

  @Test
  void missedAt_ofARequestThatWasTriedAgain_isDueFromItsIntent() {
    AttemptRecord late = attempt(2, 3, 0, 4 * SECOND, Outcome.COMPLETED, false, null);

    assertThat(AttemptFigures.missedAt(late, SLO)).isEqualTo(SECOND);
    assertThat(
            AttemptFigures.missedAt(
                attempt(2, 2, 0, 2 * SECOND, Outcome.RATE_LIMITED, true, null), SLO))
        .isNull();
  }

  @Test
  void cutBeforeItMissed_whileItWaited_isJudgedFromItsIntent() {
    AttemptRecord soon = attempt(5, 2, 0, 900 * MS, Outcome.UNFINISHED, false, null);
    AttemptRecord late = attempt(5, 2, 0, 1100 * MS, Outcome.UNFINISHED, false, null);

    assertThat(AttemptFigures.cutBeforeItMissed(soon, SLO)).isTrue();
    assertThat(AttemptFigures.cutBeforeItMissed(late, SLO)).isFalse();
  }
}
