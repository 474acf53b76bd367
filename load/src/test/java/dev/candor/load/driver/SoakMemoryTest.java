package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.Clock;
import dev.candor.base.time.Timer;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.Transport;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.Outcome;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunWriter;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of load in virtual time, from the driver to the disk: what is alive does not grow. */
final class SoakMemoryTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  /**
   * A class, a lambda, a histogram that met a larger value; growth of a byte a request is 175 kB.
   */
  private static final long TOLERANCE = 128 << 10;

  /** Every second of a day brought to disk takes longer than the test is worth. */
  private static final int SECONDS_WRITTEN = 20;

  @TempDir Path temp;
  private final VirtualTime time = new VirtualTime();
  private final AtomicLong recorded = new AtomicLong();
  private final AtomicInteger windows = new AtomicInteger();
  private long ended;

  @Test
  void oneDay_growsNothing() throws InterruptedException {
    RunWriter writer = RunWriter.open(RunDirectory.create(temp.resolve("run")));
    RecordingSink sink =
        new RecordingSink(
            1,
            new TraceReader(0, String::length),
            new RunHealth(
                1,
                0,
                time,
                ProcessHealth.simple(Clock.system()),
                window -> {
                  if (windows.incrementAndGet() % SECONDS_WRITTEN == 0) {
                    writer.append(window);
                  }
                },
                window -> {}),
            attempt -> {
              writer.append(attempt);
              recorded.incrementAndGet();
            },
            () -> {});
    List<LoadStep> steps =
        List.of(
            new LoadStep.Closed(
                "users", 12 * HOUR, false, 2, 2, new Distribution.Constant(500_000_000)),
            new LoadStep.Open("open", 12 * HOUR, false, 2, 2, new ArrivalProcess.Poisson(), 10));
    LoadRun run =
        new LoadRun(
            List.of(new Loop(0, time, new Answers(), Runnable::run)),
            steps,
            60_000_000_000L,
            new Seed(1),
            new Requests(),
            sink,
            0);
    var finished = run.start();
    long early = alive(2, sink);
    long late = alive(23, sink);
    time.runUntilIdle();
    sink.close();
    writer.close();
    assertThat(finished).isDone();
    assertThat(ended).isGreaterThan(150_000);
    assertThat(recorded.get()).isEqualTo(ended);
    assertThat(windows.get()).isGreaterThan(86_000);
    assertThat(late - early).as("bytes more at hour 23 than at hour 2").isLessThan(TOLERANCE);
  }

  private long alive(int hour, RecordingSink sink) throws InterruptedException {
    // Slices, so that virtual time does not outrun the writer, which lives in the machine's.
    for (long at = time.nanoTime(); at < hour * HOUR; at += HOUR / 4) {
      time.runUntil(at);
      while (recorded.get() < ended) {
        Thread.sleep(1);
      }
    }
    assertThat(sink.failure()).isNull();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static final class Requests implements RequestFeed {
    private long next;

    @Override
    public @Nullable PreparedRequest poll(int loop) {
      return new PreparedRequest(next++, "test", 10, 2, new byte[0]);
    }

    @Override
    public void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {
      throw new AssertionError("no session goes on here");
    }

    @Override
    public void close() {}
  }

  /** Thirty tokens each; every tenth is cut off behind them. */
  private final class Answers implements Transport {
    @Override
    public Exchange start(
        PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ends) {
      trace.sent = time.nanoTime();
      Timer timer =
          time.after(
              300_000_000,
              () -> {
                for (int i = 0; i < 30; i++) {
                  trace.readNanos = time.nanoTime() + i;
                  trace.onText(TextKind.ANSWER, new byte[] {'a'}, 0, 1);
                }
                boolean whole = request.number() % 10 != 0;
                if (whole) {
                  trace.onUsage(10, 0, 30, 0);
                  trace.onDone();
                } else {
                  trace.fail(Outcome.DISCONNECTED, "cut " + request.number());
                }
                end(trace, whole ? Outcome.COMPLETED : Outcome.DISCONNECTED, ends);
              });
      return cut -> {
        timer.cancel();
        end(trace, cut, ends);
      };
    }

    private void end(AttemptTrace trace, Outcome outcome, Consumer<AttemptTrace> ends) {
      if (trace.outcome == null) {
        ended++;
        trace.outcome = outcome;
        ends.accept(trace);
      }
    }

    @Override
    public void close() {}
  }
}
