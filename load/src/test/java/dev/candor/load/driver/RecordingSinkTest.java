package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.Clock;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.health.LoopSecond;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.TraceReader;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RecordingSinkTest {
  private final List<AttemptRecord> attempts = Collections.synchronizedList(new ArrayList<>());
  private final List<HealthWindow> windows = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch writerMayGoOn = new CountDownLatch(1);

  private RecordingSink sink(int loops) {
    return new RecordingSink(
        loops,
        new TraceReader(0, null),
        health(loops, windows::add),
        attempt -> {
          await();
          attempts.add(attempt);
        },
        () -> {});
  }

  private static RunHealth health(int loops, Consumer<HealthWindow> windows) {
    Clock clock = Clock.system();
    return new RunHealth(
        loops, clock.nanoTime(), clock, ProcessHealth.simple(clock), windows, window -> {});
  }

  private static LoopSecond second(int loop, int second) {
    return new LoopSecond(
        loop, second, 1, 0, new LoopGauges.Reading(null, null, null, null), 1, 0, 10, 0);
  }

  private void await() {
    try {
      writerMayGoOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AttemptTrace attempt(RecordingSink sink, long number, int events) {
    AttemptTrace trace = sink.trace(0);
    trace.loop = 0;
    trace.request = number;
    trace.sent = 0;
    for (int i = 0; i < events; i++) {
      trace.readNanos = i * 20_000_000L;
      trace.onText(TextKind.ANSWER, new byte[] {'x'}, 0, 1);
    }
    trace.onUsage(1, 0, events, 0);
    trace.outcome = Outcome.COMPLETED;
    return trace;
  }

  @Test
  void stalledWriter_neverStopsALoop_andWhatIsLostIsCounted() {
    RecordingSink sink = sink(1);
    // The first stalls the writer; then longer answers than all blocks can hold ...
    sink.ended(attempt(sink, 0, 1));
    for (int i = 1; i <= 5; i++) {
      sink.ended(attempt(sink, i, 4_000_000));
    }
    // ... and more attempts than the queue has places.
    int many = (1 << 18) + 5_000;
    for (int i = 6; i <= many; i++) {
      sink.ended(attempt(sink, i, 2));
    }
    writerMayGoOn.countDown();
    sink.close();
    assertThat(sink.failure()).isNull();
    long withoutTimeline =
        attempts.stream().filter(a -> a.outputTokens() > 0 && a.eventNanos().length == 0).count();
    long withoutRecord = many + 1 - attempts.size();
    assertThat(withoutTimeline).isBetween(1L, 5L);
    assertThat(withoutRecord).isPositive();
    assertThat(sink.lost()).isEqualTo(withoutTimeline + withoutRecord);
    assertThat(attempts.getFirst().request()).isZero();
  }

  @Test
  void answersThatFit_loseNothing_andTracesGoRound() {
    writerMayGoOn.countDown();
    RecordingSink sink = sink(1);
    for (int i = 0; i < 2_000; i++) {
      sink.ended(attempt(sink, i, 1_000));
    }
    sink.close();
    assertThat(sink.lost()).isZero();
    assertThat(attempts).hasSize(2_000).allMatch(a -> a.eventNanos().length == 1_000);
  }

  @Test
  void second_forWhichTheQueueHasNoPlace_comesLate() throws InterruptedException {
    RecordingSink sink = sink(1);
    for (int i = 0; i < (1 << 18) + 10; i++) {
      sink.ended(attempt(sink, i, 0));
    }
    sink.second(second(0, 0));
    assertThat(sink.lost()).isPositive();
    writerMayGoOn.countDown();
    for (int tries = 0; attempts.size() < 100_000 && tries < 6000; tries++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    sink.second(second(0, 1));
    sink.close();
    assertThat(windows).extracting(HealthWindow::second).containsExactly(0, 1);
    assertThat(windows.getFirst().queues().writerDropped()).isEqualTo(sink.lost());
  }

  @Test
  void second_thatOneLoopLeftOut_isWrittenWithTheNext() {
    RecordingSink sink = sink(2);
    sink.second(second(0, 0));
    sink.second(second(0, 1));
    sink.second(second(1, 1));
    sink.close();
    assertThat(windows).extracting(HealthWindow::second).containsExactly(0, 1);
    assertThat(windows).extracting(HealthWindow::tokenEvents).containsExactly(10L, 20L);
  }
}
