package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.fit.Coefficient;
import dev.candor.analysis.fit.EngineFit;
import dev.candor.analysis.fit.FitCheck;
import dev.candor.analysis.fit.FitOptions;
import dev.candor.analysis.fit.Fitted;
import dev.candor.analysis.fit.FittedValue;
import dev.candor.analysis.fit.FittedValue.Status;
import dev.candor.analysis.fit.FittedYaml;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.Profiles;
import dev.candor.engine.SchedulerLimits;
import dev.candor.engine.StepTime;
import dev.candor.scenario.LoadStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit finds the coefficients of an engine that it was not told, in virtual time. */
final class FitRecoveryTest {
  private static final long SECOND = FitSimulation.SECOND;

  /** What a client is late to read each event, on average. */
  private static final double LATE = 100 * FitSimulation.US;

  private static final Distribution INPUT =
      new Distribution.Percentiles(
          new double[] {0, 0.8, 0.81, 1}, new double[] {50, 600, 1_200, 2_500});
  private static final Distribution OUTPUT = new Distribution.LogNormal(80, 0.4);
  private static final double MEAN_INPUT = 630;
  private static final double MEAN_OUTPUT = 87;
  private static final FitOptions PLAIN = new FitOptions("found", null, 1);

  @TempDir Path temp;

  private static FitSimulation.Recorded recorded(
      EngineSettings hidden, long seed, long nanos, double paused) {
    double capacity = FitSimulation.capacity(hidden, MEAN_INPUT, MEAN_OUTPUT);
    return FitSimulation.run(
            hidden, seed, INPUT, OUTPUT, FitSimulation.fromIdleToOverload(hidden, capacity, nanos))
        .read(seed, LATE, paused);
  }

  private static Map<Coefficient, Double> truth(StepTime time) {
    Map<Coefficient, Double> truth = new EnumMap<>(Coefficient.class);
    truth.put(Coefficient.FLOOR, time.floorNanos());
    truth.put(Coefficient.BASE, time.baseNanos());
    truth.put(Coefficient.PER_PREFILL_TOKEN, time.perPrefillTokenNanos());
    truth.put(Coefficient.PER_CONTEXT_TOKEN, time.perContextTokenNanos());
    truth.put(Coefficient.PER_SEQUENCE, time.perSequenceNanos());
    truth.put(Coefficient.PER_TOKEN_PAIR, time.perTokenPairNanos());
    truth.put(Coefficient.JITTER, time.jitter());
    truth.put(
        Coefficient.REQUEST_OVERHEAD,
        time.requestOverheadNanos() + time.tokenOverheadNanos() + LATE);
    return truth;
  }

  private static void assertRecovered(String what, EngineSettings hidden, Fitted fitted) {
    truth(hidden.stepTime())
        .forEach(
            (coefficient, value) -> {
              FittedValue found = fitted.coefficient(coefficient);
              if (coefficient == Coefficient.FLOOR && value == 0) {
                assertThat(found.value())
                    .as("%s: %s", what, found)
                    .isLessThan(1.02 * hidden.stepTime().baseNanos());
              } else {
                assertThat(found.status()).as("%s: %s", what, found).isEqualTo(Status.FITTED);
                assertThat(found.value())
                    .as("%s: %s", what, found)
                    .isCloseTo(value, within(0.05 * value));
              }
            });
    assertThat(fitted.limit("max_num_seqs").value())
        .as(what)
        .isEqualTo(Integer.toString(hidden.limits().maxNumSeqs()));
    if (fitted.limit("max_num_batched_tokens").identified()) {
      assertThat(fitted.limit("max_num_batched_tokens").value())
          .as(what)
          .isEqualTo(Integer.toString(hidden.limits().maxNumBatchedTokens()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4})
  void hiddenEngine_everyCoefficientWithin5Percent_withPausesOfTheClientToo(long seed) {
    EngineSettings hidden = FitSimulation.hidden(seed);
    double paused = seed < 2 ? 0 : 0.02;
    FitSimulation.Recorded recorded = recorded(hidden, seed, 150 * SECOND, paused);
    Fitted fitted = EngineFit.of(List.of(recorded.withoutMetrics().measured()), PLAIN).fit();
    String what = "seed " + seed;
    assertRecovered(what, hidden, fitted);
    assertThat(fitted.limit("blocks").identified()).as(what).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void stepsLeftOut_arePredictedWithin10Percent(long seed) {
    EngineSettings hidden = FitSimulation.hidden(seed);
    FitSimulation.Recorded recorded = recorded(hidden, seed, 90 * SECOND, 0);
    EngineFit fit = EngineFit.of(List.of(recorded.withoutMetrics().measured()), PLAIN);
    FitCheck check = FitCheck.leavingOut(fit, PLAIN);
    assertThat(check.steps()).hasSize(6);
    assertThat(check.worst()).as("seed %d: %s", seed, check).isLessThan(0.1);
  }

  @Test
  void metricsOfTheServer_tellTheCache() {
    EngineSettings hidden = FitSimulation.hidden(1);
    FitSimulation.Recorded recorded = recorded(hidden, 1, 40 * SECOND, 0);
    Fitted fitted = EngineFit.of(List.of(recorded.measured()), PLAIN).fit();
    assertThat(fitted.limit("blocks").identified()).isTrue();
    assertThat((double) fitted.profile().settings().kvCache().blocks())
        .isCloseTo(20_000, within(600.0));
  }

  @Test
  void oneUserWithPromptsOfOneLength_saysWhatIsNotIdentified_andWhatWouldTell() {
    EngineSettings hidden = FitSimulation.hidden(2);
    List<LoadStep> steps = List.of(FitSimulation.closed("one", 1, 60 * SECOND));
    FitSimulation.Recorded recorded =
        FitSimulation.run(
            hidden, 2, new Distribution.Constant(200), new Distribution.Constant(60), steps);
    Fitted fitted = EngineFit.of(List.of(recorded.withoutMetrics().measured()), PLAIN).fit();
    for (Coefficient each : List.of(Coefficient.PER_SEQUENCE, Coefficient.PER_TOKEN_PAIR)) {
      FittedValue value = fitted.coefficient(each);
      assertThat(value.status()).as("%s", value).isEqualTo(Status.NOT_IDENTIFIED);
      assertThat(value.note()).as("%s", value).contains("add a step");
    }
    assertThat(fitted.limit("max_num_seqs").identified()).isFalse();
    assertThat(fitted.limit("max_num_seqs").note()).contains("add a step of more than 1 users");
    assertThat(fitted.limit("max_num_batched_tokens").identified()).isFalse();
  }

  @Test
  void whatIsNotIdentified_comesFromTheBase() {
    EngineSettings hidden = FitSimulation.hidden(2);
    FitSimulation.Recorded recorded =
        FitSimulation.run(
            hidden,
            2,
            new Distribution.Constant(200),
            new Distribution.Constant(60),
            List.of(FitSimulation.closed("one", 1, 60 * SECOND)));
    EngineProfile base = (EngineProfile) Profiles.named("h100-llama3-8b");
    Fitted fitted =
        EngineFit.of(
                List.of(recorded.withoutMetrics().measured()), new FitOptions("found", base, 1))
            .fit();
    StepTime found = fitted.profile().settings().stepTime();
    assertThat(found.perTokenPairNanos()).isEqualTo(base.settings().stepTime().perTokenPairNanos());
    assertThat(fitted.profile().settings().kvCache().blocks())
        .isEqualTo(base.settings().kvCache().blocks());
    assertThat(fitted.profile().model()).isEqualTo(base.model());
  }

  @Test
  void file_isAProfileOfTheSameEngine() throws IOException {
    EngineSettings hidden =
        new EngineSettings(
            new StepTime(0, 8e6, 40_000, 60, 50_000, 3, 0.02, 5_000_000, 0),
            new SchedulerLimits(24, 1_024, 32_768, true, 0, 0),
            new KvCacheSettings(16, 20_000, false));
    Fitted fitted =
        EngineFit.of(List.of(recorded(hidden, 7, 30 * SECOND, 0).measured()), PLAIN).fit();
    Path file = Files.writeString(temp.resolve("found.yaml"), FittedYaml.of(fitted));
    EngineProfile read = (EngineProfile) Profiles.named(file.toString());
    assertThat(read.settings().limits()).isEqualTo(fitted.profile().settings().limits());
    assertThat(read.settings().kvCache()).isEqualTo(fitted.profile().settings().kvCache());
    assertThat(read.settings().stepTime().perPrefillTokenNanos())
        .isCloseTo(fitted.profile().settings().stepTime().perPrefillTokenNanos(), within(1.0));
    assertThat(read.error()).contains("TTFT p50 within");
    assertThat(Files.readString(file)).contains(" to ").contains("# ^ token_overhead");
  }

  @Test
  void twoReplicasAskedInTurn_areFittedAsSuch_andSaidToBeSeveralElse() {
    EngineSettings hidden = FitSimulation.hidden(4);
    FitSimulation.Recorded recorded =
        FitSimulation.runOn(
            2,
            hidden,
            4,
            INPUT,
            OUTPUT,
            List.of(
                FitSimulation.open("easy", 6, 60 * SECOND),
                FitSimulation.open("busy", 14, 60 * SECOND)));
    FitOptions two = new FitOptions("found", null, 2);
    Fitted fitted = EngineFit.of(List.of(recorded.withoutMetrics().measured()), two).fit();
    double base = hidden.stepTime().perPrefillTokenNanos();
    assertThat(fitted.coefficient(Coefficient.PER_PREFILL_TOKEN).value())
        .isCloseTo(base, within(0.05 * base));
    assertThat(fitted.notes()).noneMatch(note -> note.contains("--replicas"));
    Fitted asOne = EngineFit.of(List.of(recorded.withoutMetrics().measured()), PLAIN).fit();
    assertThat(asOne.notes()).anyMatch(note -> note.contains("--replicas"));
  }
}
