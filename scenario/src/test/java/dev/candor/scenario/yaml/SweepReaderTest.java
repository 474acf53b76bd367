package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Sweep.Dimension;
import dev.candor.scenario.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepReaderTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path folder;

  private Scenario read(String yaml, Overrides flags) throws IOException {
    Path file = folder.resolve("scenario.yaml");
    Files.writeString(file, yaml);
    return ScenarioFile.read(file, flags, variable -> null);
  }

  private Sweep sweep(String yaml) throws IOException {
    return Objects.requireNonNull(read(yaml + "\nslo: chat\n", Overrides.NONE).sweep());
  }

  @Test
  void sweep_withNothingSaid_hasTheDefaults() throws IOException {
    Sweep sweep = sweep("sweep: {users: 10..100}");

    assertThat(sweep.dimension()).isEqualTo(Dimension.USERS);
    assertThat(sweep.from()).isEqualTo(10);
    assertThat(sweep.to()).isEqualTo(100);
    assertThat(sweep.resolution()).isEqualTo(0.05);
    assertThat(sweep.marginal()).isEqualTo(0.1);
    assertThat(sweep.repeats()).isEqualTo(2);
    assertThat(sweep.conditions())
        .extracting(Threshold::expression)
        .containsExactly("goodput >= 99%");
    assertThat(sweep.hold()).isEqualTo(new Sweep.Hold(0.8, 300 * SECOND));
    assertThat(sweep.step())
        .isEqualTo(
            new Sweep.Step(5 * SECOND, 200, 10 * SECOND, 60 * SECOND, 2 * SECOND, 30 * SECOND));
  }

  @Test
  void sweep_hasItsWarmupAsTheOnlyKnownStep() throws IOException {
    Scenario scenario = read("sweep: {users: 10..100, warmup: 7s}\nslo: chat", Overrides.NONE);

    assertThat(scenario.steps())
        .containsExactly(
            new LoadStep.Closed("warm-up", 7 * SECOND, true, 10, 10, new Distribution.Constant(0)));
    assertThat(scenario.highestSteps().getLast())
        .isInstanceOfSatisfying(
            LoadStep.Closed.class, step -> assertThat(step.users()).isEqualTo(100));
  }

  @Test
  void sweep_overRates_isAnOpenLoop() throws IOException {
    Sweep sweep = sweep("sweep: {rate: 30/min..20/s, arrivals: constant, hold: false}");

    assertThat(sweep.dimension()).isEqualTo(Dimension.RATE);
    assertThat(sweep.from()).isEqualTo(0.5);
    assertThat(sweep.hold()).isNull();
    assertThat(sweep.stepAt(3, "x"))
        .isInstanceOfSatisfying(
            LoadStep.Open.class, step -> assertThat(step.ratePerSecond()).isEqualTo(3));
  }

  @Test
  void find_isASweepByOneConditionAlone() throws IOException {
    Scenario scenario =
        read(
            "find: {maximise: users, while: \"ttft.p99 < 500ms\", from: 5, to: 50}",
            Overrides.NONE);
    Sweep sweep = Objects.requireNonNull(scenario.sweep());

    assertThat(sweep.from()).isEqualTo(5);
    assertThat(sweep.to()).isEqualTo(50);
    assertThat(sweep.marginal()).isZero();
    assertThat(sweep.hold()).isNull();
    assertThat(sweep.conditions())
        .extracting(Threshold::expression)
        .containsExactly("ttft.p99 < 500ms");
  }

  @Test
  void flags_winOverTheFile_andMakeASweepOfAnyScenario() throws IOException {
    SweepFlags flags = new SweepFlags("20..40", null, "10%", List.of("ttft.p50 < 1s"), "90s");
    Sweep sweep =
        Objects.requireNonNull(
            read("target: {model: m}\nslo: chat", Overrides.NONE.sweeping(flags)).sweep());

    assertThat(sweep.from()).isEqualTo(20);
    assertThat(sweep.resolution()).isEqualTo(0.1);
    assertThat(sweep.conditions())
        .extracting(Threshold::expression)
        .containsExactly("ttft.p50 < 1s");
    assertThat(sweep.hold()).isEqualTo(new Sweep.Hold(0.8, 90 * SECOND));
  }

  @Test
  void resolved_isReadBackAsTheSame() throws IOException {
    for (String yaml :
        List.of(
            "sweep: {users: 3..9, think: 2s, marginal: 0, hold: {share: 70%, for: 9s}, warmup: 4s}",
            "sweep: {rate: 1/s..9/s, arrivals: {gamma: {cv: 2}}, while: [goodput >= 0.9, ttft.p90 < 1s], hold: false}",
            "find: {maximise: rate, while: goodput >= 0.95, to: 20/s, step: {requests: 9}}")) {
      Scenario scenario = read(yaml + "\nslo: chat", Overrides.NONE);

      Scenario again = read(ResolvedYaml.write(scenario), Overrides.NONE);

      assertThat(again.sweep()).as(yaml).isEqualTo(scenario.sweep());
      assertThat(again.steps()).as(yaml).isEqualTo(scenario.steps());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep: {users: 10} | must be a range such as 10..100",
        "sweep: {users: 100..10} | whose end lies below its start",
        "sweep: {users: 0..10} | must be at least 1",
        "sweep: {rate: fast..10/s} | fast",
        "sweep: {users: 1..9, rate: 1/s..9/s} | stands beside users",
        "sweep: {users: 1..9, arrivals: constant} | does not belong to a sweep over users",
        "sweep: {rate: 1/s..9/s, think: 1s} | does not belong to a sweep over rate",
        "sweep: {rate: 1/s..9/s, arrivals: {diurnal: {period: 1m}}} | changes the rate itself",
        "sweep: {users: 1..9, resolution: 0} | must be at least 0.1%",
        "sweep: {users: 1..9, resolution: 500%} | must be a share from 0 to 1",
        "sweep: {users: 1..9, while: 'goodptu > 0.9'} | there is no metric 'goodptu'",
        "sweep: {users: 1..9, while: 'knee > 3'} | knee is a figure of a whole run",
        "sweep: {users: 1..9, hold: true} | must be false or a mapping",
        "sweep: {users: 1..9, hold: {share: 0}} | must be above 0",
        "sweep: {users: 1..9, step: {at_least: 20s, at_most: 10s}} | at_most is shorter than",
        "sweep: {users: 1..9, step: {requests: 0}} | must be at least 1",
        "sweep: {users: 1..9, steps: 3} | unknown key 'steps'",
        "sweep: {users: 1..9, warmup: 0s} | must be longer than 0",
        "find: {maximise: tokens} | must be users or rate",
        "find: {from: 9, to: 3} | lies below from",
        "find: {hold: false} | unknown key 'hold'",
      })
  void mistakes_areNamed(String yaml, String said) {
    assertThatThrownBy(() -> sweep(yaml))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(said);
  }

  @Test
  void sweep_besideLoadOrFind_isAMistake() {
    assertThatThrownBy(() -> sweep("sweep: {users: 1..9}\nload: [{users: 3, for: 1s}]"))
        .hasMessageContaining("stands beside sweep, which makes its own");
    assertThatThrownBy(() -> sweep("sweep: {users: 1..9}\nfind: {maximise: users}"))
        .hasMessageContaining("stands beside sweep; keep one of them");
  }

  @Test
  void usersOfAPlainRun_besideASweep_areAMistake() {
    Overrides users =
        new Overrides(null, null, null, "5", null, null, null, null, null, null, null, List.of());

    assertThatThrownBy(() -> read("sweep: {users: 1..9}\nslo: chat", users))
        .hasMessageContaining("--users: given to a scenario with a sweep");
  }

  @Test
  void goodputWithoutTargets_isAMistake() {
    assertThatThrownBy(() -> read("sweep: {users: 1..9}", Overrides.NONE))
        .hasMessageContaining("needs slo");
  }
}
