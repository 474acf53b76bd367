package dev.candor.engine;

import dev.candor.base.random.Seed;

/** Requests and settings for tests. */
final class Requests {
  static final long MILLI = 1_000_000;

  private Requests() {}

  /** One that shares nothing. */
  static EngineRequest alone(long id, int promptTokens, int outputTokens) {
    return new EngineRequest(id, promptTokens, outputTokens, new long[0]);
  }

  /**
   * One whose first {@code sharedTokens} are those of every request of that {@code family}; the
   * rest is its own.
   */
  static EngineRequest sharing(
      long id, int promptTokens, int outputTokens, int blockSize, long family, int sharedTokens) {
    long[] hashes = new long[(promptTokens + outputTokens) / blockSize];
    for (int i = 0; i < hashes.length; i++) {
      boolean shared = (i + 1) * blockSize <= sharedTokens;
      hashes[i] = new Seed(shared ? family : -1 - id).derive(i).value();
    }
    return new EngineRequest(id, promptTokens, outputTokens, hashes);
  }

  /** The tiny profile: steps of 1 ms, 64 blocks of 4 tokens, 4 sequences, 64 tokens a step. */
  static EngineSettings tiny() {
    return ((EngineProfile) Profiles.named("tiny")).settings();
  }

  static EngineSettings tiny(int blocks) {
    return tiny().withKvCache(tiny().kvCache().withBlocks(blocks));
  }

  static Engine engine(EngineSettings settings, EngineListener listener) {
    return new Engine(settings, new Seed(1), listener);
  }

  /** Lets an engine run until nothing is left to do. */
  static void drain(Engine engine) {
    while (engine.nextNanos() != Long.MAX_VALUE) {
      engine.advance(engine.nextNanos());
    }
  }

  static StepTime steps(double baseNanos, double jitter, long requestOverhead, long tokenOverhead) {
    return new StepTime(0, baseNanos, 0, 0, 0, 0, jitter, requestOverhead, tokenOverhead);
  }
}
