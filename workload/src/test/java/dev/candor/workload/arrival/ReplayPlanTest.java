package dev.candor.workload.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.LoadStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReplayPlanTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long END = Long.MAX_VALUE;

  /** Eight rows, some at the same instant. */
  private static final RowTimes ROWS =
      new RowTimes(
          new long[] {0, 0, SECOND, 3 * SECOND, 3 * SECOND, 3 * SECOND, 7 * SECOND, 10 * SECOND});

  private static LoadStep.Replay replay(
      long nanos, double speed, long from, long to, long shiftNanos) {
    return new LoadStep.Replay("r", nanos, false, speed, from, to, shiftNanos, null);
  }

  private static LoadStep closed() {
    return new LoadStep.Closed("users", SECOND, true, 1, 1, new Distribution.Constant(0));
  }

  private static List<Long> instants(ReplayPlan plan, int step) {
    FireTimes times = plan.times((LoadStep.Replay) plan.steps().get(step));
    List<Long> instants = new ArrayList<>();
    for (long at = times.next(); at != Long.MAX_VALUE; at = times.next()) {
      instants.add(at);
    }
    assertThat(times.next()).isEqualTo(Long.MAX_VALUE);
    return instants;
  }

  @Test
  void times_areTheTraces() {
    ReplayPlan plan = ReplayPlan.of(List.of(replay(60 * SECOND, 1, 0, END, 0)), ROWS);
    assertThat(instants(plan, 0))
        .containsExactly(
            0L, 0L, SECOND, 3 * SECOND, 3 * SECOND, 3 * SECOND, 7 * SECOND, 10 * SECOND);
  }

  @Test
  void notes_stepShorterThanItsWindow_sayWhatIsNotSent() {
    assertThat(ReplayPlan.of(List.of(replay(60 * SECOND, 1, 0, END, 0)), ROWS).notes()).isEmpty();
    assertThat(ReplayPlan.of(List.of(replay(5 * SECOND, 1, SECOND, END, 0)), ROWS).notes())
        .containsExactly(
            "step r ends before its window of the trace: 2 of its 6 rows are not sent");
  }

  @Test
  void times_windowSpeedAndShift_areKept() {
    ReplayPlan plan =
        ReplayPlan.of(List.of(replay(60 * SECOND, 4, SECOND, 10 * SECOND, 5 * SECOND)), ROWS);
    // From the second's row on, without the one at the window's end.
    assertThat(instants(plan, 0))
        .containsExactly(
            5_000_000_000L, 5_500_000_000L, 5_500_000_000L, 5_500_000_000L, 6_500_000_000L);
    assertThat(plan.firstNumbers()).isEqualTo(Map.of(0, 2L));
  }

  @Test
  void times_slowerThanTheTrace_areSpread_andEndWithTheStep() {
    ReplayPlan plan = ReplayPlan.of(List.of(replay(6 * SECOND, 0.5, 0, END, 0)), ROWS);
    assertThat(instants(plan, 0)).containsExactly(0L, 0L, 2 * SECOND);
  }

  @Test
  void length_withoutAnother_isUpToTheLastRow() {
    ReplayPlan plan =
        ReplayPlan.of(List.of(closed(), replay(0, 10, 2 * SECOND, END, SECOND)), ROWS);
    assertThat(plan.steps().getFirst()).isEqualTo(closed());
    assertThat(plan.steps().get(1).durationNanos()).isEqualTo(1_801_000_000L);
    assertThat(instants(plan, 1)).hasSize(5).endsWith(1_800_000_000L);
  }

  @Test
  void numbers_windowsThatGoOn_shareARound_othersBeginOne_andTheRestIsBehindAll() {
    ReplayPlan plan =
        ReplayPlan.of(
            List.of(
                closed(),
                replay(3 * SECOND, 1, 0, END, 0),
                replay(SECOND, 4, 3 * SECOND, END, 0),
                replay(60 * SECOND, 1, 6 * SECOND, END, 0)),
            ROWS);
    // The second goes on where the first ends; it reaches 7 s, so that the third starts anew.
    assertThat(plan.firstNumbers()).isEqualTo(Map.of(1, 0L, 2, 3L, 3, 8L + 6));
    assertThat(plan.otherNumbers()).isEqualTo(16);
  }

  @Test
  void numbers_withoutReplays_startAtZero() {
    ReplayPlan plan = ReplayPlan.of(List.of(closed()), ROWS);
    assertThat(plan.firstNumbers()).isEmpty();
    assertThat(plan.otherNumbers()).isZero();
  }

  @Test
  void window_withoutARow_isAMistake() {
    assertThatThrownBy(() -> ReplayPlan.of(List.of(replay(0, 1, 11 * SECOND, END, 0)), ROWS))
        .isInstanceOf(CandorException.class)
        .hasMessage(
            "load: step 'r' replays the trace from 11 s, where it has no row: its last one is at 10 s");
    assertThatThrownBy(
            () -> ReplayPlan.of(List.of(replay(SECOND, 1, 4 * SECOND, 6 * SECOND, 0)), ROWS))
        .hasMessageContaining("from 4 s to 6 s, where it has no row");
  }

  @Test
  void rowTimes_thatGoBack_areRefused() {
    assertThatThrownBy(() -> new RowTimes(new long[] {0, 2, 1}))
        .hasMessageContaining("row 2 goes back");
    assertThat(ROWS.firstAtOrAfter(3 * SECOND)).isEqualTo(3);
    assertThat(ROWS.firstAtOrAfter(3 * SECOND + 1)).isEqualTo(6);
    assertThat(ROWS.firstAtOrAfter(11 * SECOND)).isEqualTo(8);
  }
}
