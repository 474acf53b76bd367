package dev.candor.base.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> ran = new ArrayList<>();

  @Test
  void runUntilIdle_runsInOrderOfInstantThenOfGiving() {
    time.at(20, () -> ran.add("c"));
    time.at(10, () -> ran.add("a"));
    time.at(10, () -> ran.add("b"));
    time.runUntilIdle();
    assertThat(ran).containsExactly("a", "b", "c");
    assertThat(time.nanoTime()).isEqualTo(20);
  }

  @Test
  void at_anInstantThatHasPassed_runsNow() {
    time.runUntil(50);
    time.at(10, () -> ran.add("at " + time.nanoTime()));
    time.runUntilIdle();
    assertThat(ran).containsExactly("at 50");
  }

  @Test
  void cancel_keepsTheTaskFromRunning() {
    Timer timer = time.after(10, () -> ran.add("never"));
    timer.cancel();
    time.runUntil(100);
    assertThat(ran).isEmpty();
    assertThat(time.nanoTime()).isEqualTo(100);
  }
}
