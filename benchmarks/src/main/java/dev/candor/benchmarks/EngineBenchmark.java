package dev.candor.benchmarks;

import dev.candor.base.random.Seed;
import dev.candor.engine.Engine;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Profiles;
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
 * How much faster than real time an engine runs that is always full: each operation is one step,
 * and {@code simulatedSeconds} of wall second are the ratio. A request that ends is followed by
 * another, whose making is part of the time.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Thread)
public class EngineBenchmark {
  private static final int PROMPT_TOKENS = 204;
  private static final int ANSWER_TOKENS = 62;

  @Param({"32", "128", "512"})
  int sequences;

  private final Seed seed = new Seed(1);
  private Engine engine = engine(1);
  private long nextId;
  private int ended;

  /** Simulated seconds, which JMH divides by the wall's. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Simulated {
    public double simulatedSeconds;
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
    return new Engine(settings, seed, new CountsEnds());
  }

  private void submit(long nanos) {
    long[] hashes = new long[(PROMPT_TOKENS + ANSWER_TOKENS) / 16];
    Seed own = seed.derive(nextId);
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = own.derive(i).value();
    }
    engine.submit(nanos, new EngineRequest(nextId++, PROMPT_TOKENS, ANSWER_TOKENS, hashes));
  }

  /** One step of the engine, and a new request for each that ended in it. */
  @Benchmark
  public long step(Simulated simulated) {
    long before = engine.nextNanos();
    engine.advance(before);
    for (; ended > 0; ended--) {
      submit(before);
    }
    long after = engine.nextNanos();
    simulated.simulatedSeconds += (after - before) / 1e9;
    return after;
  }

  private final class CountsEnds implements EngineListener {
    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

    @Override
    public void token(EngineRequest request, int index, long nanos) {}

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
