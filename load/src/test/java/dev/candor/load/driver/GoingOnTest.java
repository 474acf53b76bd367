package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.load.health.LoopSecond;
import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A load that goes on 100 s after its run began, in the middle of a step. */
final class GoingOnTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final long NOW = 100 * SECOND;

  private final VirtualLoop loop = new VirtualLoop(n -> 10 * MS);

  GoingOnTest() {
    loop.time.runUntil(NOW);
  }

  private static LoadStep closed(long nanos, int from, int to) {
    return new LoadStep.Closed("closed", nanos, false, from, to, new Distribution.Constant(SECOND));
  }

  private static LoadStep open(long nanos, double rate) {
    return new LoadStep.Open("open", nanos, false, rate, rate, new ArrivalProcess.Constant(), null);
  }

  @Test
  void open_theRestOfItsScheduleIsSent_underNewNumbers() {
    loop.loops = 3;
    List<PhaseRecord> phases =
        loop.goOn(SECOND, 1, 4 * SECOND, 1_000, closed(SECOND, 2, 2), open(10 * SECOND, 20));
    assertThat(loop.attempts).hasSize(120).allMatch(a -> a.phase() == 1);
    // Where the schedule of the whole step has them.
    assertThat(new TreeSet<>(loop.attempts.stream().map(AttemptRecord::intended).toList()))
        .hasSize(120)
        .allMatch(at -> (at - 96 * SECOND) % (50 * MS) == 0 && at >= NOW && at < 106 * SECOND);
    assertThat(loop.attempts.stream().map(AttemptRecord::request).distinct())
        .hasSize(120)
        .allMatch(request -> request >= 1_000 && request < 1_120);
    assertThat(phases.get(1).endNanos()).isEqualTo(106 * SECOND);
    assertThat(loop.seconds).extracting(LoopSecond::second).startsWith(100).doesNotContain(99);
    // What was not lived through was not late either.
    assertThat(loop.seconds).allMatch(second -> second.loopDelayP99Nanos() == 0);
  }

  @Test
  void ramp_usersOfThenAreBackAtOnce_othersJoinAsPlanned() {
    var _ = loop.goOn(SECOND, 0, 4 * SECOND, 0, closed(10 * SECOND, 0, 10));
    assertThat(
            loop.attempts.stream()
                .collect(
                    java.util.stream.Collectors.toMap(
                        AttemptRecord::user, AttemptRecord::intended, Math::min)))
        .containsEntry(0L, NOW)
        .containsEntry(3L, NOW)
        .containsEntry(4L, NOW + SECOND)
        .containsEntry(8L, NOW + 5 * SECOND)
        .hasSize(9);
  }

  @Test
  void rampDown_whoHasLeftDoesNotComeBack() {
    var _ = loop.goOn(SECOND, 0, 4_500 * MS, 0, closed(10 * SECOND, 10, 0));
    assertThat(loop.attempts.stream().map(AttemptRecord::user).distinct())
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void stepsThatFollow_beginWhenTheInterruptedOneIsOver() {
    List<PhaseRecord> phases =
        loop.goOn(SECOND, 0, 4 * SECOND, 0, closed(10 * SECOND, 1, 1), open(SECOND, 10));
    assertThat(phases.get(1).startNanos()).isEqualTo(106 * SECOND);
    assertThat(loop.attempts.stream().filter(a -> a.phase() == 1))
        .hasSize(10)
        .allMatch(a -> a.intended() >= 106 * SECOND);
  }
}
