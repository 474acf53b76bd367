package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.record.Checkpoint;
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.scenario.LoadStep;
import dev.candor.workload.arrival.ReplayPlan;
import dev.candor.workload.arrival.RowTimes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FeedNumbersTest {
  private static final long SECOND = 1_000_000_000;

  /** Ten rows a second, for ten seconds. */
  private static final RowTimes ROWS =
      new RowTimes(LongStream.range(0, 100).map(i -> i * SECOND / 10).toArray());

  private static final LoadStep WARM =
      new LoadStep.Closed("warm", 2 * SECOND, true, 1, 1, new Distribution.Constant(0));

  private static LoadStep.Replay replay(String name, long from) {
    return new LoadStep.Replay(name, 4 * SECOND, false, 1, from, Long.MAX_VALUE, 0, null);
  }

  /** Closed for 2 s, then two windows of 4 s each. */
  private static final List<LoadStep> STEPS =
      List.of(WARM, replay("one", 0), replay("two", 5 * SECOND));

  private static LeftRun left(long last, Map<Integer, Long> highestSessions) {
    RunInfo info =
        new RunInfo(
            "1", "s", 1, "t", "m", Instant.EPOCH, 0, false, null, 1, "h", List.of(), List.of());
    List<PhaseRecord> planned = List.of(phase(0, 0, 2), phase(1, 2, 6), phase(2, 6, 10));
    return new LeftRun(
        new RunDirectory(Path.of("run")),
        new Checkpoint(info, planned, 7),
        new LeftRun.Logged(last, 1.0, 10, 9, highestSessions, 0, 0, 0, 0, 0));
  }

  private static PhaseRecord phase(int index, long from, long to) {
    return new PhaseRecord(
        index,
        "p",
        "replay",
        null,
        null,
        false,
        false,
        (to - from) * SECOND,
        from * SECOND,
        to * SECOND,
        0);
  }

  @Test
  void newRun_beginsAtTheFirst() {
    ReplayPlan plan = ReplayPlan.of(STEPS, ROWS);
    assertThat(FeedNumbers.ofReplays(STEPS, plan, null)).isEqualTo(plan.firstNumbers());
    assertThat(FeedNumbers.ofOthers(STEPS, plan, null)).isEqualTo(plan.otherNumbers());
    assertThat(FeedNumbers.ofOthers(List.of(WARM), null, null)).isZero();
  }

  @Test
  void replay_goesOnWithTheRowWhoseTurnItIs() {
    ReplayPlan plan = ReplayPlan.of(STEPS, ROWS);
    // 1.55 s of the first window are over: rows at 0 to 1.5 s.
    LeftRun left = left(3_550_000_000L, Map.of(0, 500L, 1, 15L));
    assertThat(FeedNumbers.ofReplays(STEPS, plan, left)).isEqualTo(Map.of(1, 16L, 2, 50L));
    // Steps that replay nothing go on behind their own highest, with some left out.
    assertThat(FeedNumbers.ofOthers(STEPS, plan, left)).isEqualTo(501 + left.unrecorded());
  }

  @Test
  void stepThatIsOver_hasNoFeed() {
    ReplayPlan plan = ReplayPlan.of(STEPS, ROWS);
    assertThat(FeedNumbers.ofReplays(STEPS, plan, left(7 * SECOND, Map.of())))
        .containsOnlyKeys(2)
        .containsEntry(2, 60L);
  }
}
