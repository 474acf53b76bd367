package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptsTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> done = new ArrayList<>();

  private Interrupts interrupts() {
    return new Interrupts(time, () -> done.add("stop"), () -> done.add("end at once"));
  }

  @Test
  void firstSignal_stopsTheLoad() {
    try (Interrupts interrupts = interrupts()) {
      assertThat(interrupts.fired()).isFalse();
      interrupts.signalled();
      assertThat(interrupts.fired()).isTrue();
    }
    assertThat(done).containsExactly("stop");
  }

  @Test
  void signalThatComesWithTheFirst_isTheSame() {
    try (Interrupts interrupts = interrupts()) {
      interrupts.signalled();
      time.runUntil(Interrupts.SAME_NANOS - 1);
      interrupts.signalled();
    }
    assertThat(done).containsExactly("stop");
  }

  @Test
  void laterSignal_endsTheProgram() {
    try (Interrupts interrupts = interrupts()) {
      interrupts.signalled();
      time.runUntil(Interrupts.SAME_NANOS);
      interrupts.signalled();
    }
    assertThat(done).containsExactly("stop", "end at once");
  }
}
