package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.SchedulerLimits;
import dev.candor.engine.StepTime;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import dev.candor.record.TokenSource;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Timeouts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The driver against a simulated engine: every instant is known. */
final class SimulatedTransportTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  /** 20 ms a step, whatever it computes; 1 ms until the scheduler sees a request. */
  private static final EngineSettings STEADY =
      new EngineSettings(
          new StepTime(0, 20 * MS, 0, 0, 0, 0, 0, MS, 0),
          new SchedulerLimits(4, 8192, 8192, true, 0, 0),
          new KvCacheSettings(16, 1000, false));

  private final List<AttemptRecord> attempts = new ArrayList<>();
  private final List<ServerSample> samples = new ArrayList<>();

  private VirtualRun run(EngineSettings settings, Timeouts timeouts) {
    VirtualRun run =
        new VirtualRun(
            settings,
            new Seed(3),
            new Distribution.Constant(100),
            new Distribution.Constant(10),
            timeouts);
    run.onAttempt(attempts::add);
    run.onSamples(samples::addAll);
    return run;
  }

  private static LoadStep users(int users, long nanos) {
    return new LoadStep.Closed("users", nanos, false, users, users, new Distribution.Constant(0));
  }

  @Test
  void start_oneUser_everyTokenAtItsStep() {
    var _ = run(STEADY, Timeouts.DEFAULT).carryOut(List.of(users(1, SECOND)), SECOND);

    AttemptRecord first = attempts.getFirst();
    assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(first.first() - first.sent()).isEqualTo(21 * MS);
    assertThat(first.eventNanos()).hasSize(10);
    assertThat(first.end() - first.sent()).isEqualTo(201 * MS);
    assertThat(first.outputTokens()).isEqualTo(10);
    assertThat(first.tokenSource()).isEqualTo(TokenSource.USAGE);
    assertThat(attempts).hasSize(5).allMatch(attempt -> attempt.outcome().success());
    assertThat(attempts.get(1).intended()).isEqualTo(first.end());
  }

  @Test
  void samples_moreThanRunAtOnce_waitingIsTold() {
    var _ = run(STEADY, Timeouts.DEFAULT).carryOut(List.of(users(6, 3 * SECOND)), SECOND);

    assertThat(samples)
        .filteredOn(sample -> sample.atNanos() == 2 * SECOND)
        .extracting(ServerSample::metric, ServerSample::value)
        .contains(tuple(ServerMetric.WAITING, 2.0));
  }

  @Test
  void start_noTokenInTime_timesOut() {
    Timeouts patient = new Timeouts(SECOND, SECOND, 50 * MS, SECOND, SECOND);

    var _ = run(STEADY, patient).carryOut(List.of(users(5, SECOND)), SECOND);

    assertThat(attempts)
        .extracting(AttemptRecord::outcome)
        .contains(Outcome.TIMEOUT_FIRST_TOKEN, Outcome.COMPLETED);
  }

  /** Of one request by itself, whose first token comes after 21 ms and its last after 201 ms. */
  private AttemptRecord alone(Timeouts timeouts) {
    var _ = run(STEADY, timeouts).carryOut(List.of(users(1, 150 * MS)), SECOND);
    return attempts.getFirst();
  }

  @Test
  void timeouts_totalPassesAmidTheAnswer_itIsCutThere() {
    AttemptRecord cut = alone(new Timeouts(SECOND, SECOND, SECOND, SECOND, 90 * MS));

    assertThat(cut.outcome()).isEqualTo(Outcome.TIMEOUT_TOTAL);
    assertThat(cut.end() - cut.sent()).isEqualTo(90 * MS);
    // At 21, 41, 61 and 81 ms.
    assertThat(cut.eventNanos()).hasSize(4);
    assertThat(cut.error()).isEqualTo("timeout total: over 90 ms");
  }

  @Test
  void timeouts_gapLongerThanIdle_itIsCutThere() {
    AttemptRecord cut = alone(new Timeouts(SECOND, SECOND, SECOND, 15 * MS, SECOND));

    assertThat(cut.outcome()).isEqualTo(Outcome.TIMEOUT_IDLE);
    assertThat(cut.eventNanos()).hasSize(1);
    assertThat(cut.end() - cut.first()).isEqualTo(15 * MS);
  }

  @Test
  void timeouts_idleThatNoGapReaches_strikesNothing() {
    AttemptRecord whole = alone(new Timeouts(SECOND, SECOND, SECOND, 25 * MS, SECOND));

    assertThat(whole.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(whole.eventNanos()).hasSize(10);
  }

  @Test
  void timeouts_headersFirst_areNamed() {
    AttemptRecord cut = alone(new Timeouts(SECOND, 10 * MS, 15 * MS, SECOND, SECOND));

    assertThat(cut.outcome()).isEqualTo(Outcome.TIMEOUT_HEADERS);
    assertThat(cut.end() - cut.sent()).isEqualTo(10 * MS);
    assertThat(cut.eventNanos()).isEmpty();
  }

  @Test
  void up_serverDiesAndReturns_attemptsSaySo() {
    VirtualRun run = run(STEADY, Timeouts.DEFAULT);
    run.time.at(SECOND + 100 * MS, () -> run.server.up(false));
    run.time.at(2 * SECOND, () -> run.server.up(true));

    var _ = run.carryOut(List.of(users(2, 3 * SECOND)), SECOND);

    assertThat(attempts)
        .filteredOn(attempt -> attempt.outcome() == Outcome.DISCONNECTED)
        .hasSize(2);
    assertThat(attempts)
        .filteredOn(attempt -> attempt.outcome() == Outcome.CONNECT_FAILED)
        .allMatch(a -> a.intended() > SECOND && a.intended() <= 2 * SECOND)
        .isNotEmpty();
    assertThat(attempts.getLast().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void refuse_answersHttp503() {
    VirtualRun run = run(STEADY, Timeouts.DEFAULT);
    run.server.refuse(true);

    var _ = run.carryOut(List.of(users(1, SECOND)), SECOND);

    assertThat(attempts)
        .isNotEmpty()
        .allMatch(a -> a.outcome() == Outcome.SERVER_ERROR && a.httpStatus() == 503);
  }
}
