package dev.candor.engine;

import dev.candor.base.random.Seed;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Drives an engine as the reference sweep did: starts at a constant rate for a minute, at most 440
 * in flight; a start beyond that is held back until one ends.
 */
final class ReferenceSweep implements EngineListener {
  private static final long STAGE_NANOS = 60_000_000_000L;
  private static final int MOST_IN_FLIGHT = 440;
  private static final int PROMPT_TOKENS = 204;

  /** What a stage gave; rates over its minute, the rest over all of its requests. */
  record Stage(
      double requestsPerSecond,
      double ttftMeanMillis,
      double ttftP50Millis,
      double e2eMeanMillis,
      double tpotMeanMillis) {}

  private final Engine engine;
  private final int requests;
  private final double ratePerSecond;
  private final long[] startNanos;
  private final long[] firstTokenNanos;
  private final long[] endNanos;
  private final ArrayDeque<Integer> ended = new ArrayDeque<>();

  private ReferenceSweep(EngineSettings settings, double ratePerSecond) {
    this.ratePerSecond = ratePerSecond;
    requests = (int) (ratePerSecond * STAGE_NANOS / 1e9);
    startNanos = new long[requests];
    firstTokenNanos = new long[requests];
    endNanos = new long[requests];
    engine = new Engine(settings, new Seed(1), this);
  }

  static Stage run(EngineSettings settings, double ratePerSecond) {
    return new ReferenceSweep(settings, ratePerSecond).run();
  }

  private Stage run() {
    int inFlight = 0;
    for (int started = 0; started < requests || inFlight > 0; ) {
      long due = started < requests ? (long) (started * 1e9 / ratePerSecond) : Long.MAX_VALUE;
      if (due <= engine.nextNanos() && inFlight < MOST_IN_FLIGHT) {
        start(started++, due);
        inFlight++;
      } else {
        long now = engine.nextNanos();
        engine.advance(now);
        while (ended.poll() != null) {
          inFlight--;
        }
        while (inFlight < MOST_IN_FLIGHT
            && started < requests
            && started * 1e9 / ratePerSecond <= now) {
          start(started++, now);
          inFlight++;
        }
      }
    }
    return figures();
  }

  private void start(int index, long nanos) {
    startNanos[index] = nanos;
    engine.submit(nanos, new EngineRequest(index, PROMPT_TOKENS, outputTokens(index), new long[0]));
  }

  /** 62.4 on average. */
  private static int outputTokens(int index) {
    return 61 + index * 7 % 5 * 7 / 10;
  }

  private Stage figures() {
    double[] ttft = new double[requests];
    double e2e = 0;
    double tpot = 0;
    long inStage = 0;
    for (int i = 0; i < requests; i++) {
      ttft[i] = (firstTokenNanos[i] - startNanos[i]) / 1e6;
      e2e += (endNanos[i] - startNanos[i]) / 1e6;
      tpot += (endNanos[i] - firstTokenNanos[i]) / 1e6 / (outputTokens(i) - 1);
      if (endNanos[i] > STAGE_NANOS / 6 && endNanos[i] <= STAGE_NANOS) {
        inStage++;
      }
    }
    Arrays.sort(ttft);
    return new Stage(
        inStage * 1.2e9 / STAGE_NANOS,
        Arrays.stream(ttft).average().orElseThrow(),
        ttft[requests / 2],
        e2e / requests,
        tpot / requests);
  }

  @Override
  public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

  @Override
  public void token(EngineRequest request, int index, long nanos) {
    if (index == 0) {
      firstTokenNanos[(int) request.id()] = nanos;
    }
  }

  @Override
  public void finished(EngineRequest request, long nanos) {
    endNanos[(int) request.id()] = nanos;
    ended.add((int) request.id());
  }

  @Override
  public void preempted(EngineRequest request, long nanos) {}

  @Override
  public void failed(EngineRequest request, long nanos) {}
}
