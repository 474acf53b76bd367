package dev.candor.analysis.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.engine.Engine;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineLimitsTest {
  private static final int REQUESTS = 4000;

  private static final Mix KEY = new Mix(1000, 250, 0);

  private static EngineProfile profile(String name) {
    return (EngineProfile) Profiles.named(name);
  }

  private static EngineSettings h100() {
    return profile("h100-llama3-8b").settings();
  }

  /** The engine simulator, saturated, is another way to the same figure. */
  @ParameterizedTest
  @ValueSource(
      strings = {"h100-llama3-8b", "a100-llama3-8b", "h100x4-llama3-70b", "l4-llama3.1-8b-fp8"})
  void of_saturated_agreesWithTheSimulator(String name) {
    EngineProfile profile = profile(name);
    double simulated = saturated(profile.settings());
    double formula = EngineLimits.of(profile.settings(), KEY, null).requestsPerS() * 250;

    System.out.printf(
        "%s: formula %.0f, simulated %.0f output tokens/s%n", name, formula, simulated);
    assertThat(formula / simulated).isBetween(0.97, 1.12);
  }

  /** Output tokens a second of requests of all lengths that are all there at once. */
  private static double saturated(EngineSettings settings) {
    long[] ends = new long[REQUESTS];
    long[] told = {0, 0, 0};
    EngineListener listener =
        new EngineListener() {
          @Override
          public void token(EngineRequest request, int index, long nanos) {
            // The middle of it: neither filling up nor running dry.
            told[0]++;
            if (told[0] == REQUESTS * 250L * 4 / 10) {
              told[1] = nanos;
            }
            if (told[0] == REQUESTS * 250L * 7 / 10) {
              told[2] = nanos;
            }
          }

          @Override
          public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

          @Override
          public void finished(EngineRequest request, long nanos) {
            ends[(int) request.id()] = nanos;
          }

          @Override
          public void preempted(EngineRequest request, long nanos) {}

          @Override
          public void failed(EngineRequest request, long nanos) {
            throw new AssertionError("failed: " + request);
          }
        };
    Engine engine =
        new Engine(
            settings.withKvCache(settings.kvCache().withPrefixCaching(false)),
            new Seed(1),
            listener);
    for (int i = 0; i < REQUESTS; i++) {
      // Every length once in a hundred, in an order that repeats late.
      int prompt = 505 + 10 * (i * 37 % 100);
      int answer = 126 + 5 * (i * 61 % 50);
      engine.submit(0, new EngineRequest(i, prompt, answer, new long[0]));
    }
    while (engine.nextNanos() != Long.MAX_VALUE) {
      engine.advance(engine.nextNanos());
    }
    return REQUESTS * 250 * 0.3 / ((told[2] - told[1]) / 1e9);
  }

  @Test
  void of_sharesOfAStep_areAllOfIt() {
    EngineLimits limits = EngineLimits.of(h100(), KEY, null);

    assertThat(limits.prefillShare() + limits.decodeShare() + limits.fixedShare())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void of_itlTarget_stepsAreAsLongAsIt() {
    EngineLimits limits = EngineLimits.of(h100(), KEY, 20_000_000L);

    assertThat(limits.bound()).isEqualTo(EngineLimits.Bound.ITL);
    assertThat(limits.stepMs()).isCloseTo(20, within(1e-6));
    assertThat(limits.gain(Constraint.KV)).isZero();
    assertThat(limits.gain(Constraint.PREFILL) + limits.gain(Constraint.DECODE))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void binding_smallCache_isTheCache() {
    EngineSettings small = h100().withKvCache(h100().kvCache().withBlocks(400));

    EngineLimits limits = EngineLimits.of(small, KEY, null);

    assertThat(limits.bound()).isEqualTo(EngineLimits.Bound.KV_CACHE);
    assertThat(limits.batch()).isCloseTo(6400 / 1133.0, within(0.1));
    assertThat(limits.binding()).isEqualTo(Constraint.KV);
  }

  @Test
  void binding_longPrompts_isPrefill() {
    assertThat(EngineLimits.of(h100(), new Mix(6000, 50, 0), null).binding())
        .isEqualTo(Constraint.PREFILL);
    assertThat(EngineLimits.of(h100(), new Mix(100, 1000, 0), null).binding())
        .isEqualTo(Constraint.DECODE);
  }

  @Test
  void gain_isWhatALittleMoreBrings() {
    EngineSettings small = h100().withKvCache(h100().kvCache().withBlocks(2000));
    EngineSettings larger = h100().withKvCache(h100().kvCache().withBlocks(2020));
    EngineLimits limits = EngineLimits.of(small, KEY, null);

    double more = EngineLimits.of(larger, KEY, null).requestsPerS() / limits.requestsPerS() - 1;

    assertThat(more).isCloseTo(0.01 * limits.gain(Constraint.KV), within(2e-4));
  }

  @Test
  void of_cachedPrompts_needLessPrefill() {
    EngineLimits cold = EngineLimits.of(h100(), KEY, null);
    EngineLimits warm = EngineLimits.of(h100(), KEY.withHitRate(0.9), null);

    assertThat(warm.prefillShare()).isLessThan(cold.prefillShare() / 2);
    assertThat(warm.requestsPerS()).isGreaterThan(1.2 * cold.requestsPerS());
  }
}
