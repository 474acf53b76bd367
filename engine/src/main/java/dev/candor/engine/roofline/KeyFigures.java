package dev.candor.engine.roofline;

import dev.candor.base.random.Seed;
import dev.candor.engine.Engine;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.StepTime;

/**
 * What a profile comes to, in figures that people compare.
 *
 * @param kvTokens that the cache holds
 * @param prefillTokensPerSecond computed of prompts of {@link #PROMPT} tokens, one after the other,
 *     nothing else going on
 * @param outputTokensPerSecond with as many requests as it takes, each of {@link #PROMPT} tokens
 *     and {@link #ANSWER} of answer: saturated
 */
public record KeyFigures(
    int blocks, long kvTokens, double prefillTokensPerSecond, double outputTokensPerSecond) {
  /** Tokens of a prompt. */
  public static final int PROMPT = 1000;

  /** Tokens of an answer. */
  public static final int ANSWER = 250;

  private static final int ROUNDS = 3;
  private static final int MOST_REQUESTS = 6000;

  /** Simulates {@code profile} for the last figure, some thousand requests. */
  public static KeyFigures of(EngineProfile profile) {
    EngineSettings settings = profile.settings();
    return new KeyFigures(
        settings.kvCache().blocks(),
        (long) settings.kvCache().blocks() * settings.kvCache().blockSize(),
        prefillRate(settings),
        saturated(settings, PROMPT, ANSWER));
  }

  /**
   * Nanoseconds between tokens where {@code batch} requests decode, each with {@code context}
   * tokens before it, and nothing else is computed.
   */
  public static double decodeNanos(StepTime step, int batch, int context) {
    return Math.max(step.floorNanos(), step.baseNanos())
        + step.perContextTokenNanos() * batch * context
        + step.perSequenceNanos() * batch;
  }

  private static double prefillRate(EngineSettings settings) {
    StepTime step = settings.stepTime();
    int chunk = Math.min(PROMPT, settings.limits().maxNumBatchedTokens());
    double pairs = chunk * (chunk + 1) / 2.0;
    double nanos =
        Math.max(step.floorNanos(), step.baseNanos() + step.perPrefillTokenNanos() * chunk)
            + step.perSequenceNanos()
            + step.perTokenPairNanos() * pairs;
    return chunk / nanos * 1e9;
  }

  /** Output tokens a second of requests that are all there at once, over the middle of the run. */
  static double saturated(EngineSettings settings, int prompt, int answer) {
    long fit = (long) settings.kvCache().blocks() * settings.kvCache().blockSize();
    long running = Math.clamp(fit / (prompt + answer), 1, settings.limits().maxNumSeqs());
    int requests = (int) Math.min(MOST_REQUESTS, Math.max(ROUNDS + 1, running * ROUNDS));
    Middle middle = new Middle((long) requests * answer);
    Engine engine =
        new Engine(
            settings
                .withLimits(settings.limits().withMaxNumSeqs((int) running))
                .withKvCache(settings.kvCache().withPrefixCaching(false)),
            new Seed(1),
            middle);
    for (int i = 0; i < requests; i++) {
      engine.submit(0, new EngineRequest(i, prompt, answer, new long[0]));
    }
    while (engine.nextNanos() != Long.MAX_VALUE) {
      engine.advance(engine.nextNanos());
    }
    return middle.perSecond();
  }

  /** Counts tokens between a quarter and two thirds of them, so that neither end is in it. */
  private static final class Middle implements EngineListener {
    private final long from;
    private final long to;
    private long told;
    private long fromNanos;
    private long toNanos;

    Middle(long all) {
      from = all / 4;
      to = all * 2 / 3;
    }

    double perSecond() {
      return toNanos > fromNanos ? (to - from) * 1e9 / (toNanos - fromNanos) : 0;
    }

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      told++;
      if (told == from) {
        fromNanos = nanos;
      }
      if (told == to) {
        toNanos = nanos;
      }
    }

    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

    @Override
    public void finished(EngineRequest request, long nanos) {}

    @Override
    public void preempted(EngineRequest request, long nanos) {}

    @Override
    public void failed(EngineRequest request, long nanos) {}
  }
}
