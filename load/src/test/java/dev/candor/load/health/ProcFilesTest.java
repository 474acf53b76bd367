package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files of /proc as kernels write them, and as they should not be. */
final class ProcFilesTest {
  private static final String STATUS =
      """
      Name:\tloop
      Cpus_allowed_list:\t0-1
      voluntary_ctxt_switches:\t1402
      nonvoluntary_ctxt_switches:\t37
      """;

  @Test
  void schedule_isRead() {
    assertThat(ThreadSchedule.parse("8101953 12865761 52\n", STATUS))
        .isEqualTo(new ThreadSchedule(12_865_761, 52, 37));
  }

  @Test
  void schedule_ofAKernelThatDoesNotCount_isUnknown() {
    assertThat(ThreadSchedule.parse("0 0 0\n", STATUS)).isNull();
    assertThat(ThreadSchedule.parse("", STATUS)).isNull();
    assertThat(ThreadSchedule.parse("1 many 2", STATUS)).isNull();
  }

  @Test
  void denied_leavesOutMereWaking() {
    ThreadSchedule earlier = new ThreadSchedule(1_000_000, 100, 5);
    // Ten thousand wakings of 8 µs are nobody's fault.
    assertThat(new ThreadSchedule(81_000_000, 10_100, 5).since(earlier).deniedNanos()).isZero();
    // A hundred waits of 3 ms are.
    ThreadSchedule shared = new ThreadSchedule(301_000_000, 200, 95).since(earlier);
    assertThat(shared.deniedNanos()).isEqualTo(298_000_000);
    assertThat(shared.preemptions()).isEqualTo(90);
  }

  @Test
  void steal_isAShareOfTheMachine() {
    String before =
        "cpu  1000 10 200 5000 20 0 30 40 500 0\ncpu0 500 5 100 2500 10 0 15 20 250 0\n";
    String after = "cpu  1500 10 300 5200 20 0 30 240 900 0\n";
    MachineTime earlier = Objects.requireNonNull(MachineTime.parse(before));
    MachineTime later = Objects.requireNonNull(MachineTime.parse(after));
    assertThat(earlier).isEqualTo(new MachineTime(6300, 40));
    // 200 of 1000 ticks; guests' are in users' already.
    assertThat(later.stolenSince(earlier)).isEqualTo(0.2);
    assertThat(later.stolenSince(later)).isNull();
  }

  @Test
  void steal_ofAnOldKernel_isUnknown() {
    assertThat(MachineTime.parse("cpu  1 2 3 4 5 6 7\n")).isNull();
    assertThat(MachineTime.parse("intr 1 2 3 4 5 6 7 8 9\n")).isNull();
    assertThat(MachineTime.parse("")).isNull();
    assertThat(MachineTime.parse("cpu  1 2 3 4 5 6 7 x 9\n")).isNull();
  }
}
