package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.stats.Distribution;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.scenario.LoadStep;
import dev.candor.workload.Prompt;
import dev.candor.workload.PromptSource;
import dev.candor.workload.SharedPrefixes;
import dev.candor.workload.arrival.ReplayPlan;
import dev.candor.workload.arrival.RowTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StepFeedsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RowTimes ROWS = new RowTimes(new long[] {0, 1, 2, 3, 4});
  private static final LoadStep USERS =
      new LoadStep.Closed("users", SECOND, true, 1, 1, new Distribution.Constant(0));
  private static final LoadStep REPLAY =
      new LoadStep.Replay("replay", SECOND, false, 1, 2, Long.MAX_VALUE, 0, null);

  private static AheadFeed open(long first) {
    PromptSource prompts =
        number -> new Prompt("c", List.of(new Prompt.Message("user", "n" + number)), 1, 1);
    return new AheadFeed(
        prompts, new EchoDialect(), Leavers.NONE, new SharedPrefixes(), first, 2, 60, () -> {});
  }

  private static long next(StepFeeds feeds, int step, int loop) {
    PreparedRequest next = feeds.of(step).poll(loop);
    return Objects.requireNonNull(next).number();
  }

  @Test
  void replays_haveTheirWindowsNumbers_whateverOthersTook() throws Exception {
    List<LoadStep> steps = List.of(USERS, REPLAY, USERS);
    try (StepFeeds feeds = new StepFeeds(steps, ReplayPlan.of(steps, ROWS), StepFeedsTest::open)) {
      feeds.awaitReady();
      assertThat(next(feeds, 0, 0)).isEqualTo(5);
      assertThat(next(feeds, 0, 1)).isEqualTo(6);
      assertThat(next(feeds, 1, 0)).isEqualTo(2);
      assertThat(next(feeds, 1, 1)).isEqualTo(3);
      assertThat(next(feeds, 1, 0)).isEqualTo(4);
      assertThat(next(feeds, 2, 0)).isEqualTo(7);
      assertThat(feeds.failure()).isNull();
    }
  }

  @Test
  void feeds_areOpenedForStepsThereAre() throws Exception {
    List<Long> opened = new ArrayList<>();
    List<LoadStep> replays = List.of(REPLAY);
    try (StepFeeds feeds =
        new StepFeeds(
            replays,
            ReplayPlan.of(replays, ROWS),
            first -> {
              opened.add(first);
              return open(first);
            })) {
      assertThat(opened).containsExactly(2L);
      assertThatThrownBy(() -> feeds.of(1)).hasMessage("step 1 has no feed");
    }
    opened.clear();
    try (StepFeeds feeds =
        new StepFeeds(
            List.of(USERS, USERS),
            null,
            first -> {
              opened.add(first);
              return open(first);
            })) {
      assertThat(opened).containsExactly(0L);
      assertThat(feeds.of(0)).isSameAs(feeds.of(1));
    }
  }

  @Test
  void failure_ofAnyFeed_isTold() throws Exception {
    List<LoadStep> steps = List.of(USERS, REPLAY);
    PromptSource broken =
        number -> {
          throw new IllegalStateException("no row");
        };
    try (StepFeeds feeds =
        new StepFeeds(
            steps,
            ReplayPlan.of(steps, ROWS),
            first ->
                first == 5
                    ? open(first)
                    : new AheadFeed(broken, new EchoDialect(), 2, 60, () -> {}))) {
      assertThatThrownBy(feeds::awaitReady).hasMessage("no row");
      assertThat(feeds.failure()).hasMessage("no row");
    }
  }
}
