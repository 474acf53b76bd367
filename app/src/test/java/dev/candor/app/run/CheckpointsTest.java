package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.PhaseRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CheckpointsTest {
  private static final long SECOND = 1_000_000_000;

  private final List<List<PhaseRecord>> written = new ArrayList<>();
  private CompletableFuture<List<PhaseRecord>> answer =
      CompletableFuture.completedFuture(List.of());
  private final Checkpoints checkpoints = new Checkpoints(() -> answer, written::add);

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
