package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.ArrivalProcess.Point;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps with a schedule: their arrivals, and replays. */
final class LoadReaderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;
  private static final String TRACE = "workload: {trace: {file: t.jsonl, format: mooncake}}\n";

  @TempDir Path temp;

  @BeforeEach
  void trace() throws IOException {
    Files.writeString(temp.resolve("t.jsonl"), "");
  }

  private Scenario read(String yaml, Overrides flags) throws IOException {
    Path file = Files.writeString(temp.resolve("test.yaml"), yaml);
    return ScenarioFile.read(file, flags, name -> null);
  }

  private Scenario read(String yaml) throws IOException {
    return read(yaml, Overrides.NONE);
  }

  private static Overrides flags(String duration, String warmup) {
    return new Overrides(
        null, null, null, null, null, duration, warmup, null, null, null, null, List.of());
  }

  private static Distribution constant(double nanos) {
    return new Distribution.Constant(nanos);
  }

  static List<Arguments> processes() {
    return List.of(
        Arguments.of("poisson", new ArrivalProcess.Poisson()),
        Arguments.of("constant", new ArrivalProcess.Constant()),
        Arguments.of("{gamma: {cv: 2}}", new ArrivalProcess.Gamma(2)),
        Arguments.of("{gamma: {burstiness: 0.25}}", new ArrivalProcess.Gamma(2)),
        Arguments.of(
            "{on_off: {on: 5s, off: 20s}}",
            new ArrivalProcess.OnOff(constant(5e9), constant(20e9), 0)),
        Arguments.of(
            "{on_off: {on: \"exponential(5s)\", off: \"uniform(1s, 2s)\", idle_rate: 120/min}}",
            new ArrivalProcess.OnOff(
                new Distribution.Exponential(5e9), new Distribution.Uniform(1e9, 2e9), 2)),
        Arguments.of(
            "{diurnal: {period: 24h, peak_to_trough: 3, peak_at: 14h}}",
            new ArrivalProcess.Diurnal(24 * HOUR, 3, 14 * HOUR)),
        Arguments.of(
            "{diurnal: {period: 24h, peak_to_trough: 2.5x, peak_at: 12h, speed: 1440x}}",
            new ArrivalProcess.Diurnal(60 * SECOND, 2.5, 30 * SECOND)),
        Arguments.of(
            "{curve: {period: 24h, points: [[0h, 0.4], [6h, 0.2], [14h, 1]], speed: 3600x}}",
            new ArrivalProcess.Curve(
                24 * SECOND,
                List.of(new Point(0, 0.4), new Point(6 * SECOND, 0.2), new Point(14 * SECOND, 1)))),
        Arguments.of("{per_user: {users: 50}}", new ArrivalProcess.PerUser(50, constant(1), 1)),
        Arguments.of(
            "{per_user: {users: 50, weight: \"lognormal(1, 0.8)\", cv: 2}}",
            new ArrivalProcess.PerUser(50, new Distribution.LogNormal(1, 0.8), 2)));
  }

  @ParameterizedTest
  @MethodSource("processes")
  void arrivals_areRead_andWrittenBack(String text, ArrivalProcess expected) throws IOException {
    Scenario scenario = read("load: [{rate: 10/s, for: 1m, arrivals: %s}]".formatted(text));
    assertThat(((LoadStep.Open) scenario.steps().getFirst()).arrivals()).isEqualTo(expected);
    String again = ResolvedYaml.write(scenario);
    assertThat(read(again).steps()).as(again).isEqualTo(scenario.steps());
  }

  @Test
  void arrivals_leftOut_arePoisson() throws IOException {
    assertThat(
            ((LoadStep.Open) read("load: [{rate: 10/s, for: 1m}]").steps().getFirst()).arrivals())
        .isEqualTo(new ArrivalProcess.Poisson());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gamma | arrivals: 'gamma' has parameters, such as {gamma: {cv: 2}}",
        "on_off | such as {on_off: {on: 5s, off: 20s}}",
        "gama | must be poisson, constant or a mapping of one of gamma, on_off,",
        "gama | did you mean 'gamma'?",
        "[1] | arrivals: found a list, must be poisson",
        "{} | arrivals: found no process; must be poisson",
        "{gama: {cv: 2}} | unknown key 'gama'; did you mean 'gamma'?",
        "{gamma: {cv: 2}, per_user: {users: 3}} | found gamma and per_user; keep one of them",
        "{gamma: {}} | arrivals.gamma: needs cv (standard deviation",
        "{gamma: {cv: 0}} | cv: found 0, must be above 0",
        "{gamma: {cv: 101}} | cv: found 101, must be a cv of 0.01 to 100",
        "{gamma: {cv: 2, burstiness: 1}} | burstiness: stands beside cv, and is 1/cv²",
        "{gamma: 2} | arrivals.gamma: found '2', must be a mapping with",
        "{on_off: {on: 1s}} | arrivals.on_off: needs off, such as off: 5s",
        "{on_off: {on: 0s, off: 1s}} | on: must be at least 1ms on average",
        "{on_off: {on: 1s, off: 1s, idle_rate: 10/s}} | idle_rate: must be below the step's rate",
        "{diurnal: {period: 24h}} | arrivals.diurnal: needs a period and peak_to_trough",
        "{diurnal: {period: 24h, peak_to_trough: 0.5}} | must be a number of at least 1.0",
        "{diurnal: {period: 24h, peak_to_trough: 2, peak_at: 25h}} | peak_at: must be earlier",
        "{diurnal: {period: 24h, peak_to_trough: 2, speed: 0x}} | speed: found 0, must be above 0",
        "{diurnal: {period: 1s, peak_to_trough: 2, speed: 1e6}} | must be at least 1ms once sped up",
        "{curve: {period: 24h}} | arrivals.curve: needs a period and points",
        "{curve: {period: 24h, points: [[0h, 0], [6h, 0]]}} | needs a point with a level above 0",
        "{curve: {period: 24h, points: [[6h, 1], [6h, 2]]}} | points[1]: found 6h, must be later",
        "{curve: {period: 24h, points: [[24h, 1]]}} | points[0]: found 24h, must be earlier",
        "{curve: {period: 24h, points: [6h]}} | points[0]: found '6h', must be a time and a level",
        "{curve: {period: 24h, points: [[6h, 1, 2]]}} | points[0]: found a list of another shape",
        "{curve: {period: 24h, points: [[6h, x]]}} | points[0]: found 'x', must be a number",
        "{per_user: {weight: 1}} | arrivals.per_user: needs users, such as users: 50",
        "{per_user: {users: 10001}} | users: found 10001, must be at most 10000",
        "{per_user: {users: 5, weight: 0}} | weight: must be above 0 on average",
      })
  void arrivals_withMistakes_areTold(String text, String message) {
    assertThatThrownBy(() -> read("load: [{rate: 10/s, for: 1m, arrivals: %s}]".formatted(text)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("test.yaml:1:")
        .hasMessageContaining(message);
  }

  @Test
  void replay_isRead_andWrittenBack() throws IOException {
    Scenario scenario =
        read(
            TRACE
                + """
                load:
                  - {users: 3, for: 2s, warmup: true}
                  - {replay: {speed: 10x, from: 10m, to: 20m, shift: 500ms}, max_in_flight: 40}
                  - {replay: {speed: 0.5}, for: 30s}
                  - {replay: {}, name: all}
                """);
    assertThat(scenario.steps().subList(1, 4))
        .containsExactly(
            new LoadStep.Replay(
                "replay-10x",
                60 * SECOND + SECOND / 2,
                false,
                10,
                600 * SECOND,
                1200 * SECOND,
                SECOND / 2,
                40),
            new LoadStep.Replay("replay-0.5", 30 * SECOND, false, 0.5, 0, Long.MAX_VALUE, 0, null),
            new LoadStep.Replay(
                "all", LoadStep.Replay.UNTIL_THE_END, false, 1, 0, Long.MAX_VALUE, 0, null));
    String again = ResolvedYaml.write(scenario);
    assertThat(read(again).steps()).as(again).isEqualTo(scenario.steps());
  }

  @Test
  void replay_takesFlags_asOtherStepsDo() throws IOException {
    Scenario scenario = read(TRACE + "load: [{replay: {speed: 10x}}]", flags("9s", "2s"));
    assertThat(scenario.steps())
        .extracting(LoadStep::name, LoadStep::durationNanos, LoadStep::warmup)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("warm-up", 2 * SECOND, true),
            org.assertj.core.groups.Tuple.tuple("replay-10x", 9 * SECOND, false));
    assertThat(scenario.steps().getFirst()).isInstanceOf(LoadStep.Replay.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "replay: {speed: fast} | replay.speed: found 'fast', must be a number",
        "replay: {speed: 0x} | replay.speed: found 0, must be above 0",
        "replay: {from: 20m, to: 10m} | replay.to: must be later than from",
        "replay: {file: t.jsonl} | unknown key 'file'",
        "replay: 10x | replay: found '10x', must be a mapping with",
        "replay: {}, rate: 1/s | has rate and replay; keep one of them",
        "replay: {}, arrivals: constant | arrivals: belongs to a step with a rate",
        "replay: {}, ramp_from: 1/s | ramp_from: belongs to a step with users or a rate",
        "replay: {}, think: 1s | think: belongs to a step with users",
        "name: x, for: 1s | needs users (closed loop), rate (open loop) or replay",
      })
  void replay_withMistakes_isTold(String step, String message) {
    assertThatThrownBy(() -> read(TRACE + "load: [{%s}]".formatted(step)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("test.yaml:2:")
        .hasMessageContaining(message);
  }

  @Test
  void replay_withoutATrace_isAMistake() {
    assertThatThrownBy(() -> read("load: [{replay: {}, for: 1s}]"))
        .hasMessageContaining("load[0].replay: needs workload.trace");
  }

  @Test
  void ramp_besideACurve_isAMistake() {
    assertThatThrownBy(
            () ->
                read(
                    "load: [{rate: 9/s, ramp_from: 1/s, for: 1s, arrivals: {diurnal: {period: 1h, peak_to_trough: 2}}}]"))
        .hasMessageContaining("ramp_from: stands beside arrivals that change the rate themselves");
  }
}
