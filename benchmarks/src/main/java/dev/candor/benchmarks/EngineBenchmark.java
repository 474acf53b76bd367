package dev.candor.benchmarks;

import dev.candor.base.random.Seed;
import dev.candor.engine.Engine;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Profiles;
import dev.candor.engine.Telling;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast an engine goes that is always full: each operation is all that comes up to the next
 * instant that matters. A request that ends is followed by another, whose making is part of the
 * time. {@code steps} and {@code requests} are in a second, {@code simulatedSeconds} in one of the
 * wall's.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class EngineBenchmark {
  private static final int PROMPT_TOKENS = 204;

  @Param({"8", "32", "128", "512"})
  int sequences;

  @Param({"EACH", "TOGETHER"})
  Telling telling = Telling.EACH;

  @Param({"62", "250"})
  int answer;

  /** Whether prompts and answers have hashes, each of its own. */
  @Param({"true", "false"})
  boolean hashes;

  private final Seed seed = new Seed(1);
  private Engine engine = engine(1);
  private long nextId;
  private int ended;

  /** What JMH divides by the wall's seconds. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Simulated {
    public double simulatedSeconds;
    public long steps;
    public long requests;
  }

  @Setup
  public void fill() {
    engine = engine(sequences);
    for (int i = 0; i < 2 * sequences; i++) {
      submit(0);
    }
  }

  private Engine engine(int maxNumSeqs) {
    EngineProfile profile = (EngineProfile) Profiles.named("h100-llama3-8b");
    EngineSettings settings =
        profile.settings().withLimits(profile.settings().limits().withMaxNumSeqs(maxNumSeqs));
    return new Engine(settings, seed, telling, new CountsEnds());
  }

  private void submit(long nanos) {
    // Answers of many lengths, so that they do not end together.
    int tokens = answer / 2 + (int) Long.remainderUnsigned(Seed.mixed(nextId), answer + 1);
    long[] blocks = new long[hashes ? (PROMPT_TOKENS + tokens) / 16 : 0];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Seed.mixed(nextId << 16 | i);
    }
    engine.submit(nanos, new EngineRequest(nextId++, PROMPT_TOKENS, tokens, blocks));
  }

  /** All up to the next instant that matters, and a new request for each that ended. */
  @Benchmark
  public long next(Simulated simulated) {
    long before = engine.nextNanos();
    long stepsBefore = engine.state().steps();
    engine.advance(before);
    simulated.requests += ended;
    for (; ended > 0; ended--) {
      submit(before);
    }
    long after = engine.nextNanos();
    simulated.simulatedSeconds += (after - before) / 1e9;
    simulated.steps += engine.state().steps() - stepsBefore;
    return after;
  }

  private final class CountsEnds implements EngineListener {
    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

    @Override
    public void token(EngineRequest request, int index, long nanos) {}

    @Override
    public void tokens(EngineRequest request, int firstIndex, long[] nanos, int from, int count) {}

    @Override
    public void finished(EngineRequest request, long nanos) {
      ended++;
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {}

    @Override
    public void failed(EngineRequest request, long nanos) {}
  }
}
