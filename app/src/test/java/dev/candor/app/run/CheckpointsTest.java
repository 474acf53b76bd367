package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CheckpointsTest {
  private static final long SECOND = 1_000_000_000;

  private static final RunInfo INFO =
      new RunInfo(
          "1", "s", 1, "t", "m", Instant.EPOCH, 0, false, null, 1, "h", List.of(), List.of());

  private final List<RunInfo> written = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean diskIsSlow;
  private CompletableFuture<List<PhaseRecord>> answer =
      CompletableFuture.completedFuture(List.of());
  private final Checkpoints checkpoints =
      new Checkpoints(() -> answer, phases -> INFO, written::add, this::onDisk);

  private void onDisk(Runnable task) {
    if (diskIsSlow) {
      waiting.add(task);
    } else {
      task.run();
    }
  }

  private void begin() {
    checkpoints.begin(0, "one");
    assertThat(written).hasSize(1);
  }

  @Test
  void everyMinute() {
    begin();
    for (long second = 1; second <= 180; second++) {
      checkpoints.tick(second * SECOND, "one");
    }
    assertThat(written).hasSize(4);
  }

  @Test
  void phaseEnds_atOnce() {
    begin();
    checkpoints.tick(SECOND, "one");
    assertThat(written).hasSize(1);
    checkpoints.tick(2 * SECOND, "two");
    checkpoints.tick(3 * SECOND, "two");
    assertThat(written).hasSize(2);
  }

  @Test
  void slowDisk_isNotWaitedFor() {
    begin();
    diskIsSlow = true;
    checkpoints.tick(SECOND, "two");
    checkpoints.tick(2 * SECOND, "three");
    checkpoints.tick(3 * SECOND, "four");
    assertThat(written).hasSize(1);
    assertThat(waiting).hasSize(1);
    waiting.removeFirst().run();
    checkpoints.tick(4 * SECOND, "four");
    assertThat(written).hasSize(2);
    assertThat(waiting).hasSize(1);
  }

  @Test
  void failure_comesOut() {
    Checkpoints full =
        new Checkpoints(
            () -> answer,
            phases -> INFO,
            info -> {
              throw CandorException.user("the disk is full");
            },
            Runnable::run);
    full.begin(0, "one");
    assertThatThrownBy(full::end).isInstanceOf(CandorException.class);
    assertThatThrownBy(() -> full.tick(SECOND, "two")).isInstanceOf(CandorException.class);
  }

  @Test
  void busyLoops_areNotWaitedFor() {
    begin();
    answer = new CompletableFuture<>();
    checkpoints.tick(SECOND, "two");
    checkpoints.tick(2 * SECOND, "two");
    assertThat(written).hasSize(1);
    answer.complete(List.of());
    checkpoints.tick(3 * SECOND, "two");
    assertThat(written).hasSize(2);
  }
}
