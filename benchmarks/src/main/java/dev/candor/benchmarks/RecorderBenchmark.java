package dev.candor.benchmarks;

import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.TraceBlock;
import dev.candor.load.transport.TraceBlocks;
import dev.candor.load.transport.TraceReader;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.Outcome;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What recording costs a token: {@code loop} on the event loop, up to and with handing over full
 * blocks; {@code writer} all of the writer's thread, from an ended trace to the log on disk.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Thread)
public class RecorderBenchmark {
  private static final int TOKENS = 200;
  private static final byte[] TEXT = {' ', 'w', 'o', 'r', 'd'};

  private final TraceBlocks blocks = new TraceBlocks(1 << 20, this::takeAndGiveBack);
  private final AttemptTrace trace = new AttemptTrace(blocks);
  private final TraceReader reader = new TraceReader(0, null);
  private long now;
  private int events;
  private @Nullable Path directory;
  private @Nullable RunWriter writer;

  private boolean takeAndGiveBack(TraceBlock block) {
    blocks.giveBack(block);
    return true;
  }

  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("candor-recorder");
    writer = RunWriter.open(RunDirectory.create(directory.resolve("run")));
    begin();
  }

  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(writer).close();
    try (var files = Files.walk(Objects.requireNonNull(directory))) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void begin() {
    trace.reset();
    trace.keepText(false);
    trace.intended = trace.sent = trace.headers = now;
    events = 0;
  }

  private void token() {
    now += 20_000_000 + (events & 0xFFFF);
    trace.readNanos = now;
    trace.onText(TextKind.ANSWER, TEXT, 0, TEXT.length);
    events++;
  }

  @Benchmark
  public int loop() {
    if (events == 1 << 20) {
      begin();
    }
    token();
    return events;
  }

  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void writer() {
    begin();
    for (int i = 0; i < TOKENS; i++) {
      token();
    }
    trace.onUsage(10, 0, TOKENS, 0);
    trace.onDone();
    trace.outcome = Outcome.COMPLETED;
    Objects.requireNonNull(writer).append(reader.read(trace));
  }
}
