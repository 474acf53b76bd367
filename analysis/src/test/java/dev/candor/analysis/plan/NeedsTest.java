package dev.candor.analysis.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Profiles;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NeedsTest {
  private static final Mix CHAT = new Mix(1000, 200, 0);

  /** 5 requests/s of 1,000 and 200 tokens, 20 in flight. */
  private static final Capacity MEASURED = capacity("chat", CHAT, 5, 20, 0.9, 1.1);

  static Capacity capacity(
      String run, Mix mix, double rate, double inFlight, double low, double high) {
    return new Capacity(
        run,
        "operating point",
        "knee",
        0.8,
        true,
        mix,
        rate,
        rate * mix.output(),
        rate * mix.computedInput(),
        inFlight,
        inFlight,
        0.1,
        (inFlight / rate - 0.1) / Math.max(1, mix.output()),
        low,
        high,
        "");
  }

  private static Need need(List<Capacity> capacities, double rate, Mix mix) {
    return new Needs(capacities, null, null).of(new Demand(rate, mix));
  }

  private static EngineSettings h100() {
    return ((EngineProfile) Profiles.named("h100-llama3-8b")).settings();
  }

  @Test
  void of_measuredMix_isTheQuotientOfRates() {
    Need need = need(List.of(MEASURED), 40, CHAT);

    assertThat(need.replicas().likely()).isCloseTo(8, within(1e-9));
    assertThat(need.replicas().low()).isCloseTo(8 / 1.1, within(1e-9));
    assertThat(need.replicas().high()).isCloseTo(8 / 0.9, within(1e-9));
    assertThat(need.binding()).contains("all are used up together");
  }

  @Test
  void of_longerPrompts_prefillBinds() {
    Need need = need(List.of(MEASURED), 40, new Mix(3000, 100, 0));

    assertThat(need.replicas().likely()).isCloseTo(3 * 8, within(1e-9));
    assertThat(need.binding()).isEqualTo("prefill");
  }

  @Test
  void of_longerAnswers_holdTheCacheForLonger() {
    Need need = need(List.of(MEASURED), 40, new Mix(1000, 600, 0));

    // 600 tokens of 19.5 ms and a first one, 1,300 tokens each, against 4 s and 1,100.
    assertThat(need.replicas().likely()).isCloseTo(8 * 11.8 / 4 * 1300 / 1100, within(1e-6));
    assertThat(need.binding()).isEqualTo("kv");
  }

  @Test
  void of_twoRuns_eachTakesItsPart() {
    Capacity prefill = capacity("prefill", new Mix(4000, 1, 0), 10, 1, 1, 1);
    Capacity decode = capacity("decode", new Mix(1, 500, 0), 8, 60, 1, 1);

    Mix mix = new Mix(2000, 200, 0);
    Need both = new Needs(List.of(prefill, decode), h100(), null).of(new Demand(20, mix));

    // 40,000 input tokens/s of 40,000 a replica, 4,000 output tokens/s of 4,000.
    assertThat(both.replicas().likely()).isCloseTo(2, within(0.02));
    assertThat(need(List.of(prefill), 20, mix).replicas().likely()).isGreaterThan(100);
  }

  @Test
  void of_shortContextsMeasured_theEngineKnowsItsCache() {
    List<Capacity> runs =
        List.of(
            capacity("a", new Mix(10, 500, 0), 8, 60, 1, 1),
            capacity("b", new Mix(10, 400, 0), 10, 60, 1, 1));
    Demand long2000 = new Demand(8, new Mix(2000, 500, 0.999));

    assertThat(new Needs(runs, null, null).of(long2000).binding()).isEqualTo("kv");
    assertThat(new Needs(runs, h100(), null).of(long2000).replicas().likely())
        .isCloseTo(1, within(0.01));
  }

  @Test
  void of_nothingMeasuredOfIt_isInfinite() {
    Capacity prefill = capacity("prefill", new Mix(4000, 0, 0), 10, 1, 1, 1);

    assertThat(need(List.of(prefill), 20, CHAT).replicas().likely()).isInfinite();
  }

  @Test
  void of_otherMixWithAnEngine_isCarriedOver() {
    EngineSettings engine = h100();
    Mix doubled = CHAT.times(2, 1);
    Need need = new Needs(List.of(MEASURED), engine, null).of(new Demand(40, doubled));

    double slower =
        EngineLimits.of(engine, CHAT, null).requestsPerS()
            / EngineLimits.of(engine, doubled, null).requestsPerS();
    assertThat(slower).isBetween(1.5, 2.1);
    assertThat(need.replicas().likely()).isCloseTo(8 * slower, within(1e-9));
    assertThat(need.how()).contains("engine's formula");
  }

  @Test
  void of_measuredMixWithAnEngine_isWhatWasMeasured() {
    Need need = new Needs(List.of(MEASURED), h100(), null).of(new Demand(40, CHAT));

    assertThat(need.replicas().likely()).isCloseTo(8, within(1e-9));
    assertThat(Objects.requireNonNull(need.binding())).contains("10 % faster prefill");
  }
}
