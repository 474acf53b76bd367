package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.HealthWindow;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of docs/metrics.md, "Client health". */
final class ClientHealthTest {
  private static final HealthWindow.Pauses QUIET = new HealthWindow.Pauses(0L, 0L, 0L);
  private static final HealthWindow.Cpu IDLE = new HealthWindow.Cpu(0.5, 0.0, 0.0, 0L);
  private static final HealthWindow.Queues EMPTY = new HealthWindow.Queues(0L, 0.0, 0, 0, 0);

  private static HealthWindow window(double loopDelayMs, double sendLatenessMs) {
    return new HealthWindow(
        0, nanos(loopDelayMs), nanos(sendLatenessMs), QUIET, IDLE, EMPTY, 1, 1, 0);
  }

  private static HealthWindow window(
      HealthWindow.Pauses pauses, HealthWindow.Cpu cpu, HealthWindow.Queues queues) {
    return new HealthWindow(0, 0, 0, pauses, cpu, queues, 1, 1, 0);
  }

  private static long nanos(double ms) {
    return (long) (ms * 1e6);
  }

  @ParameterizedTest
  @CsvSource({
    // 5 % of the median ITL, at least 5 ms, at most 10; 10 without an ITL
    "20, 4.9, 0, ",
    "20, 5.1, 0, LOOP_DELAY",
    "160, 7.9, 0, ",
    "160, 8.1, 0, LOOP_DELAY",
    "1000, 9.9, 0, ",
    "1000, 10.1, 0, LOOP_DELAY",
    ", 9.9, 0, ",
    ", 10.1, 0, LOOP_DELAY",
    // sends by 10 ms whatever the ITL
    "20, 0, 9.9, ",
    "20, 0, 10.1, SEND_LATENESS"
  })
  void limits_ofTheLoop(
      @Nullable Double medianItlMs,
      double loopDelayMs,
      double sendLatenessMs,
      @Nullable LimitReason reason) {
    assertThat(new ClientHealth(medianItlMs).limits(window(loopDelayMs, sendLatenessMs)))
        .isEqualTo(reason == null ? Collections.emptySet() : Collections.singleton(reason));
  }

  @ParameterizedTest
  @CsvSource({
    // the loop's bound, 5 ms here, and 10 ms for a hundredth of the second beyond it
    "gc, 14.9, ",
    "gc, 15.1, GC_PAUSE",
    "safepoint, 14.9, ",
    "safepoint, 15.1, SAFEPOINT",
    "stall, 14.9, ",
    "stall, 15.1, ALLOCATION_STALL",
    "run_queue, 0.29, ",
    "run_queue, 0.31, RUN_QUEUE",
    "receive, 0.49, ",
    "receive, 0.51, RECEIVE_QUEUE",
    "lag, 4999, ",
    "lag, 5001, WRITER",
    "dropped, 0, ",
    "dropped, 1, WRITER"
  })
  void limits_ofTheMachine(String figure, double value, @Nullable LimitReason reason) {
    HealthWindow window =
        switch (figure) {
          case "gc" -> window(new HealthWindow.Pauses(nanos(value), nanos(value), 0L), IDLE, EMPTY);
          case "safepoint" -> window(new HealthWindow.Pauses(1L, nanos(value), 0L), IDLE, EMPTY);
          case "stall" -> window(new HealthWindow.Pauses(0L, 0L, nanos(value)), IDLE, EMPTY);
          case "run_queue" -> window(QUIET, new HealthWindow.Cpu(0.5, 0.0, value, 0L), EMPTY);
          case "receive" -> window(QUIET, IDLE, new HealthWindow.Queues(9L, value, 0, 0, 0));
          case "lag" -> window(QUIET, IDLE, new HealthWindow.Queues(0L, 0.0, 0, nanos(value), 0));
          default -> window(QUIET, IDLE, new HealthWindow.Queues(0L, 0.0, 0, 0, (long) value));
        };
    assertThat(new ClientHealth(20.0).limits(window))
        .isEqualTo(reason == null ? Collections.emptySet() : Collections.singleton(reason));
  }

  @Test
  void limits_whatIsNotKnown_isNotHeldAgainstTheClient() {
    HealthWindow window =
        window(
            HealthWindow.Pauses.UNKNOWN,
            new HealthWindow.Cpu(1, null, null, null),
            new HealthWindow.Queues(null, null, 0, 0, 0));
    assertThat(new ClientHealth(20.0).limits(window)).isEmpty();
    Summary.Client client = new ClientHealth(20.0).summarize(List.of(window));
    assertThat(client.gcMax()).isNull();
    assertThat(client.steal()).isNull();
    assertThat(client.runQueue()).isNull();
    assertThat(client.receiveWaiting()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "0, 1, false",
    "1, 2, false",
    "1, 10, false",
    "2, 10, true",
    "2, 199, true",
    "2, 200, false",
    "3, 200, true",
    "0, 0, false"
  })
  void invalid_overOnePercentOfTheSeconds_andTwo(int limited, int windows, boolean invalid) {
    Summary.Client client =
        new Summary.Client(
            limited,
            windows,
            new TreeMap<>(),
            0,
            0,
            null,
            null,
            null,
            0,
            null,
            null,
            null,
            null,
            null,
            0,
            0,
            0);
    assertThat(ClientHealth.invalid(client)).isEqualTo(invalid);
  }

  @Test
  void summarize_takesTheWorst_andCountsTheReasons() {
    List<HealthWindow> windows =
        List.of(
            window(1, 2),
            window(20, 1),
            window(20, 30),
            window(
                new HealthWindow.Pauses(nanos(40), nanos(41), nanos(2)),
                new HealthWindow.Cpu(0.5, 0.1, 0.2, 7L),
                new HealthWindow.Queues(5L, 0.25, 6, nanos(3), 0)));
    Summary.Client client = new ClientHealth(20.0).summarize(windows);
    assertThat(client.limitedWindows()).isEqualTo(3);
    assertThat(client.windows()).isEqualTo(4);
    assertThat(LimitReason.counts(client.reasons()))
        .isEqualTo("loop delay 2, late sends 1, GC pause 1");
    assertThat(client.loopDelayP99()).isEqualTo(20);
    assertThat(client.sendLatenessP99()).isEqualTo(30);
    assertThat(client.cpu()).isEqualTo(0.5);
    assertThat(client.gcMax()).isEqualTo(40);
    assertThat(client.safepointMax()).isEqualTo(41);
    assertThat(client.allocationStallMax()).isEqualTo(2);
    assertThat(client.steal()).isEqualTo(0.1);
    assertThat(client.runQueue()).isEqualTo(0.2);
    assertThat(client.preemptions()).isEqualTo(7);
    assertThat(client.receiveQueue()).isEqualTo(5);
    assertThat(client.receiveWaiting()).isEqualTo(0.25);
    assertThat(client.writerBacklog()).isEqualTo(6);
    assertThat(client.writerLag()).isEqualTo(3);
    assertThat(new ClientHealth(20.0).summarize(Collections.emptyList()).windows()).isZero();
  }
}
