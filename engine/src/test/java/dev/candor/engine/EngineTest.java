package dev.candor.engine;

import static dev.candor.engine.Requests.MILLI;
import static dev.candor.engine.Requests.alone;
import static dev.candor.engine.Requests.drain;
import static dev.candor.engine.Requests.sharing;
import static dev.candor.engine.Requests.steps;
import static dev.candor.engine.Requests.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.candor.base.random.Seed;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EngineTest {
  private final EventLog log = new EventLog();

  private Engine engine(EngineSettings settings) {
    return Requests.engine(settings, log);
  }

  @Test
  void submit_idle_prefillsThenProducesATokenAStep() {
    Engine engine = engine(tiny());
    assertThat(engine.nextNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(engine.submit(5 * MILLI, alone(1, 10, 3))).isEqualTo(Admission.ACCEPTED);
    drain(engine);
    assertThat(log.lines)
        .containsExactly(
            "5000 scheduled r1",
            "6000 token r1 0",
            "7000 token r1 1",
            "8000 token r1 2",
            "8000 finished r1");
    EngineState state = engine.state();
    assertThat(state.steps()).isEqualTo(3);
    assertThat(state.busyNanos()).isEqualTo(3 * MILLI);
    assertThat(state.completed()).isEqualTo(1);
    assertThat(state.promptTokens()).isEqualTo(10);
    assertThat(state.generationTokens()).isEqualTo(3);
    assertThat(state.usedBlocks()).isZero();
    assertThat(state.lastStep()).isEqualTo(new EngineState.Step(1, 1, MILLI));
  }

  @Test
  void submit_withRequestOverhead_isSeenAfterIt() {
    Engine engine = engine(tiny().withStepTime(steps(MILLI, 0, 20 * MILLI, 0)));
    engine.submit(0, alone(1, 4, 1));
    assertThat(engine.state().arriving()).isEqualTo(1);
    assertThat(engine.nextNanos()).isEqualTo(20 * MILLI);
    drain(engine);
    assertThat(log.lines)
        .containsExactly("20000 scheduled r1", "21000 token r1 0", "21000 finished r1");
  }

  @Test
  void submit_duringAStep_joinsTheNext() {
    Engine engine = engine(tiny());
    engine.submit(0, alone(1, 4, 2));
    engine.submit(MILLI / 2, alone(2, 4, 1));
    assertThat(engine.state().waiting()).isEqualTo(1);
    drain(engine);
    assertThat(log.scheduledNanos).containsEntry(2L, MILLI);
    assertThat(log.tokensOf(1)).containsExactly(MILLI, 2 * MILLI);
  }

  @Test
  void tokenOverhead_delaysTheTokenNotTheNextStep() {
    Engine engine = engine(tiny().withStepTime(steps(MILLI, 0, 0, 3 * MILLI)));
    engine.submit(0, alone(1, 4, 2));
    engine.submit(0, alone(2, 4, 1));
    drain(engine);
    assertThat(log.tokensOf(1)).containsExactly(4 * MILLI, 5 * MILLI);
    assertThat(log.scheduledNanos).containsEntry(2L, MILLI);
  }

  @Test
  void submit_thatCanNeverFit_isTooLong() {
    EngineSettings settings = tiny(8);
    Engine engine = engine(settings.withLimits(settings.limits().withMaxModelLen(40)));
    assertThat(engine.submit(0, alone(1, 36, 5))).isEqualTo(Admission.TOO_LONG);
    assertThat(engine.submit(0, alone(2, 30, 4))).isEqualTo(Admission.TOO_LONG);
    assertThat(engine.submit(0, alone(3, Integer.MAX_VALUE, Integer.MAX_VALUE)))
        .isEqualTo(Admission.TOO_LONG);
    // 32 tokens of room: the 33rd is told and never computed.
    assertThat(engine.submit(0, alone(4, 30, 3))).isEqualTo(Admission.ACCEPTED);
    drain(engine);
    assertThat(log.tokensOf(4)).hasSize(3);
    assertThat(engine.state().rejected()).isEqualTo(3);
  }

  @Test
  void submit_beyondTheBoundedQueue_isRefused() {
    Engine engine = engine(tiny().withLimits(tiny().limits().withMaxQueue(2)));
    for (int i = 0; i < 6; i++) {
      assertThat(engine.submit(0, alone(i, 4, 1))).isEqualTo(Admission.ACCEPTED);
    }
    assertThat(engine.submit(0, alone(6, 4, 1))).isEqualTo(Admission.QUEUE_FULL);
    // The first has finished at the end of its step.
    assertThat(engine.submit(MILLI, alone(7, 4, 1))).isEqualTo(Admission.ACCEPTED);
  }

  @Test
  void submit_wrongly_isAMistakeOfTheCaller() {
    Engine engine = engine(tiny());
    engine.submit(0, alone(1, 4, 9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.submit(0, alone(1, 4, 9)))
        .withMessage("request 1 is here already; ids must be unique");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.submit(0, new EngineRequest(2, 4, 3, new long[2])))
        .withMessageContaining("has 2 block hashes, must have at most 1");
    assertThatIllegalArgumentException().isThrownBy(() -> alone(3, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> alone(3, 1, 0));
    drain(engine);
    assertThat(engine.cancel(0, 1)).as("it has ended").isFalse();
  }

  @Test
  void cancel_running_freesItsBlocksAtTheNextStep() {
    Engine engine = engine(tiny());
    engine.submit(0, alone(1, 8, 9));
    engine.submit(0, alone(2, 8, 2));
    engine.advance(MILLI);
    assertThat(engine.cancel(MILLI + 1, 1)).isTrue();
    assertThat(engine.state().usedBlocks()).isEqualTo(5);
    assertThat(engine.state().running()).isEqualTo(1);
    engine.advance(2 * MILLI);
    assertThat(engine.state().usedBlocks()).isEqualTo(3);
    assertThat(log.tokensOf(1)).containsExactly(MILLI);
    assertThat(engine.cancel(2 * MILLI, 1)).isFalse();
    drain(engine);
    assertThat(engine.state().usedBlocks()).isZero();
    assertThat(engine.state().cancelled()).isEqualTo(1);
  }

  @Test
  void cancel_theOnlyOne_leavesTheEngineIdleAfterItsStep() {
    Engine engine = engine(tiny());
    engine.submit(0, alone(1, 8, 9));
    engine.cancel(MILLI / 2, 1);
    assertThat(engine.nextNanos()).isEqualTo(MILLI);
    engine.advance(MILLI);
    assertThat(engine.nextNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(engine.state().usedBlocks()).isZero();
    assertThat(log.lines).containsExactly("0 scheduled r1");
  }

  @Test
  void cancel_waitingOrArriving_isGoneAtOnce() {
    Engine engine = engine(tiny().withStepTime(steps(MILLI, 0, 100, 0)));
    for (int i = 1; i <= 6; i++) {
      engine.submit(0, alone(i, 4, 2));
    }
    engine.submit(500, alone(7, 4, 2));
    assertThat(engine.cancel(500, 5)).isTrue();
    assertThat(engine.cancel(500, 7)).isTrue();
    assertThat(engine.cancel(500, 99)).isFalse();
    drain(engine);
    assertThat(log.finishedNanos).containsOnlyKeys(1L, 2L, 3L, 4L, 6L);
    assertThat(log.scheduledNanos).doesNotContainKeys(5L, 7L);
  }

  @Test
  void crash_failsAllAndRestartsCold() {
    Engine engine = engine(tiny());
    engine.submit(0, sharing(9, 8, 1, 4, 1, 8));
    engine.advance(MILLI);
    for (int i = 1; i <= 5; i++) {
      engine.submit(MILLI, sharing(i, 9, 9, 4, 1, 8));
    }
    assertThat(log.cachedTokens).containsEntry(1L, 8);
    engine.cancel(MILLI, 2);
    engine.crash(MILLI + MILLI / 4);
    assertThat(log.failed).containsExactly(1L, 3L, 4L, 5L);
    assertThat(engine.nextNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(engine.state().down()).isTrue();
    assertThat(engine.state().usedBlocks() + engine.state().cachedBlocks()).isZero();
    assertThat(engine.state().busyNanos()).isEqualTo(MILLI + MILLI / 4);
    assertThat(engine.submit(2 * MILLI, alone(6, 4, 1))).isEqualTo(Admission.DOWN);
    engine.restart(3 * MILLI);
    assertThat(engine.submit(3 * MILLI, sharing(1, 9, 2, 4, 1, 8))).isEqualTo(Admission.ACCEPTED);
    drain(engine);
    assertThat(log.cachedTokens).containsEntry(1L, 0);
    assertThat(log.finishedNanos).containsEntry(1L, 5 * MILLI);
    assertThat(engine.state().failed()).isEqualTo(4);
  }

  @Test
  void resetPrefixCache_onlyWhileNoBlockIsInUse() {
    Engine engine = engine(tiny());
    engine.submit(0, sharing(1, 9, 1, 4, 1, 8));
    assertThat(engine.resetPrefixCache(MILLI / 2)).isFalse();
    engine.submit(MILLI, sharing(2, 9, 1, 4, 1, 8));
    assertThat(log.cachedTokens).containsEntry(2L, 8);
    assertThat(engine.resetPrefixCache(2 * MILLI)).isTrue();
    assertThat(engine.state().cachedBlocks()).isZero();
    engine.submit(2 * MILLI, sharing(3, 9, 1, 4, 1, 8));
    assertThat(log.cachedTokens).containsEntry(3L, 0);
    assertThat(engine.state().evictions()).isZero();
  }

  @Test
  void slowdown_countsFromTheNextStep() {
    Engine engine = engine(tiny());
    engine.submit(0, alone(1, 4, 3));
    engine.slowdown(3);
    drain(engine);
    assertThat(log.tokensOf(1)).containsExactly(MILLI, 4 * MILLI, 7 * MILLI);
    assertThatIllegalArgumentException().isThrownBy(() -> engine.slowdown(0));
  }

  @Test
  void advance_withAnInstantOfThePast_keepsTime() {
    Engine engine = engine(tiny());
    engine.advance(10 * MILLI);
    engine.submit(MILLI, alone(1, 4, 1));
    engine.advance(-1);
    drain(engine);
    assertThat(log.scheduledNanos).containsEntry(1L, 10 * MILLI);
  }

  @Test
  void time_nearItsEnd_neitherOverflowsNorHangs() {
    Engine engine = engine(tiny().withStepTime(steps(MILLI, 0, MILLI, MILLI)));
    engine.submit(Long.MAX_VALUE, alone(1, 4, 3));
    assertThat(log.tokensOf(1)).hasSize(3).containsOnly(Long.MAX_VALUE - 1);
    assertThat(engine.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void step_ofNoLength_takesANanosecond() {
    Engine engine = engine(tiny().withStepTime(steps(0, 0, 0, 0)));
    engine.submit(0, alone(1, 4, 3));
    drain(engine);
    assertThat(log.tokensOf(1)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void listener_thatCallsBack_isTold() {
    var reentrant =
        new EngineListener() {
          @Nullable Engine engine;

          @Override
          public void scheduled(EngineRequest request, long nanos, int cachedTokens) {
            Objects.requireNonNull(engine).cancel(nanos, request.id());
          }

          @Override
          public void token(EngineRequest request, int index, long nanos) {}

          @Override
          public void finished(EngineRequest request, long nanos) {}

          @Override
          public void preempted(EngineRequest request, long nanos) {}

          @Override
          public void failed(EngineRequest request, long nanos) {}
        };
    Engine engine = new Engine(tiny(), new Seed(1), reentrant);
    reentrant.engine = engine;
    assertThatIllegalStateException().isThrownBy(() -> engine.submit(0, alone(1, 4, 1)));
  }

  @Test
  void jitter_ofAStep_dependsOnItsNumberAlone() {
    EngineSettings settings = tiny().withStepTime(steps(MILLI, 0.3, 0, 0));
    Engine alone = Requests.engine(settings, log);
    alone.submit(0, alone(1, 4, 20));
    drain(alone);
    EventLog both = new EventLog();
    Engine shared = Requests.engine(settings, both);
    shared.submit(0, alone(1, 4, 20));
    shared.submit(1, alone(2, 7, 5));
    drain(shared);
    assertThat(both.tokensOf(1)).isEqualTo(log.tokensOf(1)).doesNotHaveDuplicates();
    List<Long> tokens = log.tokensOf(1);
    assertThat(tokens.get(2) - tokens.get(1)).isNotEqualTo(tokens.get(1) - tokens.get(0));
  }
}
