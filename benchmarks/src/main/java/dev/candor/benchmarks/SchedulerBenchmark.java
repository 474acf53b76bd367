package dev.candor.benchmarks;

import dev.candor.base.time.Timer;
import dev.candor.base.time.TimerQueue;
import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a deadline costs that is set and cancelled again, as one is for every stage of an attempt,
 * while those of the other attempts in flight wait: our queue beside an event loop's own timers.
 * The attempts end in another order than they began.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class SchedulerBenchmark {
  private static final int BATCH = 1000;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  @Param({"1000", "10000"})
  int inFlight;

  private final TimerQueue queue = new TimerQueue();
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private Timer[] timers = new Timer[0];
  private Future<?>[] futures = new Future<?>[0];
  private long now;
  private int next;

  @Setup(Level.Trial)
  public void fill() throws Exception {
    timers = new Timer[inFlight];
    futures = new Future<?>[inFlight];
    for (int i = 0; i < inFlight; i++) {
      timers[i] = queue.add(now++ + MINUTE, () -> {});
    }
    loop.submit(
            () -> {
              for (int i = 0; i < inFlight; i++) {
                futures[i] = loop.schedule(() -> {}, MINUTE, TimeUnit.NANOSECONDS);
              }
            })
        .get();
  }

  @TearDown(Level.Trial)
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Every place once in {@code inFlight} steps, far from the one before: 7919 divides none. */
  private int place() {
    next = (next + 7919) % inFlight;
    return next;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int queue() {
    for (int i = 0; i < BATCH; i++) {
      int place = place();
      timers[place].cancel();
      timers[place] = queue.add(now++ + MINUTE, () -> {});
    }
    return queue.size();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Object eventLoop() throws Exception {
    return loop.submit(
            () -> {
              for (int i = 0; i < BATCH; i++) {
                int place = place();
                futures[place].cancel(false);
                futures[place] = loop.schedule(() -> {}, MINUTE, TimeUnit.NANOSECONDS);
              }
            })
        .get();
  }
}
