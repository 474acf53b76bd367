package dev.candor.analysis.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.record.RunDirectory;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AgainstTest {
  private static final String LOAD = "load: [{name: a, rate: 5/s, for: 10s}]";

  @TempDir private Path folder;

  /** A phase whose latencies are all {@code ttft} ms and multiples of it. */
  private static String phase(String name, double ttft, double rate, String hitRate) {
    return String.format(
        Locale.ROOT,
        """
        {"name": "%1$s", "rates": {"requests": %3$f, "output_tps": %4$f},
         "latency": {"ttft": {"mean": %2$f, "p50": %2$f, "p90": %2$f, "p99": null,
                              "ci95": {"p50": [95, 110], "p90": [100, 101]}},
                     "itl": {"mean": 0}, "e2e": {"mean": %5$f}},
         "goodput": {"ratio": 0.9}, "cache": {"hit_rate": %6$s}}
        """,
        name,
        ttft,
        rate,
        rate * 100,
        ttft * 10,
        hitRate);
  }

  private RunSide side(String name, String verdict, String load, String... phases)
      throws IOException {
    JsonNode summary =
        JsonMapper.shared()
            .readTree(
                "{\"verdict\": \"%s\", \"notes\": [], \"phases\": [%s], \"overall\": %s}"
                    .formatted(
                        verdict, String.join(",", phases), phases.length == 0 ? "{}" : phases[0]));
    return new RunSide(name, summary, scenario(load));
  }

  private Scenario scenario(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("scenario.yaml"), "name: s\n" + text + "\n");
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }

  private static Against.Figure figure(Against.Pair pair, String key) {
    return pair.figures().stream()
        .filter(figure -> figure.metric().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void json_isReadBack_andWhatIsNoneIsAMistake() throws IOException {
    Against against =
        Against.of(
            side("real", "invalid", LOAD, phase("a", 100, 5, "0.5"), phase("b", 100, 5, "null")),
            side("simulated", "pass", LOAD, phase("a", 110, 4, "0.3")));
    Path file = Files.writeString(folder.resolve(AgainstJson.FILE), AgainstJson.text(against));
    assertThat(AgainstJson.read(file)).isEqualTo(against);

    Files.writeString(file, "no JSON");
    assertThatThrownBy(() -> AgainstJson.read(file))
        .hasMessageContaining("is not a comparison of this version");
  }

  @Test
  void figures_haveTheirErrors_andWhetherTheyLieInTheMeasuredInterval() throws IOException {
    Against against =
        Against.of(
            side("real", "pass", LOAD, phase("a", 100, 5, "0.5")),
            side("simulated", "pass", LOAD, phase("a", 110, 4, "0.3")));
    assertThat(against.warnings()).isEmpty();
    assertThat(against.differences()).isEmpty();
    Against.Pair a = against.phases().getFirst();
    assertThat(a.name()).isEqualTo("a");
    assertThat(figure(a, "ttft.mean").error()).isCloseTo(0.1, within(1e-9));
    assertThat(figure(a, "ttft.mean").inside()).isNull();
    assertThat(figure(a, "ttft.p50").inside()).isTrue();
    assertThat(figure(a, "ttft.p90").inside()).isFalse();
    assertThat(figure(a, "requests").error()).isCloseTo(-0.2, within(1e-9));
    assertThat(figure(a, "hit_rate").error()).isCloseTo(-0.2, within(1e-9));
    assertThat(figure(a, "goodput").error()).isZero();
  }

  @Test
  void figures_thatAreUnknown_haveNoError() throws IOException {
    Against.Pair a =
        Against.of(
                side("real", "pass", LOAD, phase("a", 100, 5, "null")),
                side("simulated", "pass", LOAD, phase("a", 110, 4, "0.3")))
            .phases()
            .getFirst();
    assertThat(figure(a, "ttft.p99").measured()).isNull();
    assertThat(figure(a, "ttft.p99").error()).isNull();
    assertThat(figure(a, "hit_rate").error()).isNull();
    assertThat(figure(a, "hit_rate").predicted()).isEqualTo(0.3);
    // A relative error of nothing.
    assertThat(figure(a, "itl.mean").error()).isNull();
    assertThat(figure(a, "itl.p50").measured()).isNull();
  }

  @Test
  void meanErrors_areOfAbsolutes() throws IOException {
    Against against =
        Against.of(
            side("r", "pass", LOAD, phase("a", 100, 5, "0"), phase("b", 100, 5, "0")),
            side("s", "pass", LOAD, phase("a", 110, 5, "0"), phase("b", 70, 5, "0")));
    assertThat(against.meanErrors().get("ttft.mean")).isCloseTo(0.2, within(1e-9));
    assertThat(against.meanErrors()).doesNotContainKey("ttft.p99");
    assertThat(against.overall()).isNotNull();
  }

  @Test
  void phases_arePairedByName_andThoseOfOneSideAreNamed() throws IOException {
    Against against =
        Against.of(
            side("r", "pass", LOAD, phase("a", 1, 5, "0"), phase("b", 2, 5, "0")),
            side(
                "s",
                "pass",
                LOAD,
                phase("b", 2, 5, "0"),
                phase("a", 1, 5, "0"),
                phase("c", 3, 5, "0")));
    assertThat(against.phases()).extracting(Against.Pair::name).containsExactly("a", "b");
    assertThat(figure(against.phases().get(1), "ttft.mean").error()).isZero();
    assertThat(against.onlyPredicted()).containsExactly("c");
    assertThat(against.onlyMeasured()).isEmpty();
    assertThat(against.overall()).isNull();
  }

  @Test
  void phases_ofOtherNames_arePairedByTheirPlace() throws IOException {
    Against against =
        Against.of(
            side("r", "pass", LOAD, phase("a", 1, 5, "0"), phase("b", 2, 5, "0")),
            side("s", "pass", LOAD, phase("x", 1, 5, "0")));
    assertThat(against.phases()).hasSize(1);
    assertThat(against.differences())
        .containsExactly("phase 1 is 'a' as measured and 'x' as simulated");
    assertThat(against.onlyMeasured()).containsExactly("b");
  }

  @Test
  void phases_ofOneName_arePairedInOrder() throws IOException {
    Against against =
        Against.of(
            side("r", "pass", LOAD, phase("a", 100, 5, "0"), phase("a", 200, 5, "0")),
            side("s", "pass", LOAD, phase("a", 100, 5, "0"), phase("a", 200, 5, "0")));
    assertThat(against.phases())
        .allSatisfy(pair -> assertThat(figure(pair, "ttft.mean").error()).isZero());
  }

  @Test
  void scenarios_thatDiffer_areSaidFirst() throws IOException {
    Against against =
        Against.of(
            side(
                "r",
                "pass",
                "target: {model: big, url: \"http://127.0.0.1:1/v1\", timeouts: {connect: 1s}}\n"
                    + LOAD,
                phase("a", 1, 5, "0")),
            side(
                "s",
                "pass",
                "target: {mock: {itl: 1ms}}\nload: [{name: a, rate: 6/s, for: 10s}]",
                phase("a", 1, 5, "0")));
    assertThat(against.differences())
        .anySatisfy(line -> assertThat(line).isEqualTo("target, measured: model: big"))
        .anySatisfy(line -> assertThat(line).startsWith("load, measured: - {name: a, rate: 5.0/s"))
        .anySatisfy(line -> assertThat(line).startsWith("load, simulated: - {name: a, rate: 6.0/s"))
        .noneSatisfy(line -> assertThat(line).contains("timeouts"))
        .noneSatisfy(line -> assertThat(line).contains("mock:"));
  }

  @Test
  void measuredRun_thatMeansLittle_isWarnedOf() throws IOException {
    RunSide simulated = side("s", "invalid", LOAD, phase("a", 1, 5, "0"));
    assertThat(Against.of(side("r", "invalid", LOAD, phase("a", 1, 5, "0")), simulated).warnings())
        .singleElement()
        .asString()
        .contains("INVALID");
    assertThat(Against.of(side("r", "fail", LOAD, phase("a", 1, 5, "0")), simulated).warnings())
        .isEmpty();
    RunSide noted =
        new RunSide(
            "n",
            JsonMapper.shared().readTree("{\"notes\": [\"simulated: in virtual time\"]}"),
            simulated.scenario());
    assertThat(Against.of(noted, simulated).warnings())
        .containsExactly("the measured run is a simulation itself");
  }

  @Test
  void json_hasEveryFigureWithItsError() throws IOException {
    Against against =
        Against.of(
            side("r", "pass", LOAD, phase("a", 100, 5, "0.5")),
            side("s", "pass", LOAD, phase("a", 110, 4, "0.3")));
    JsonNode json = JsonMapper.shared().readTree(AgainstJson.text(against));
    JsonNode ttft = json.path("phases").path(0).path("ttft.p50");
    assertThat(ttft.path("measured").doubleValue()).isEqualTo(100);
    assertThat(ttft.path("predicted").doubleValue()).isEqualTo(110);
    assertThat(ttft.path("error").doubleValue()).isCloseTo(0.1, within(1e-9));
    assertThat(ttft.path("in_ci95").booleanValue()).isTrue();
    assertThat(json.path("phases").path(0).path("ttft.p99").path("error").isNull()).isTrue();
    assertThat(json.path("mean_absolute_error").path("requests").doubleValue())
        .isCloseTo(0.2, within(1e-9));
  }

  @Test
  void read_ofARunWithoutItsSummary_saysHowToMakeIt() throws IOException {
    RunDirectory directory = new RunDirectory(folder);
    assertThatThrownBy(() -> RunSide.read(directory))
        .hasMessageContaining("has no summary.json; candor report");
    Files.writeString(directory.summaryJson(), "{}");
    assertThatThrownBy(() -> RunSide.read(directory))
        .hasMessageContaining("is not the summary of a run");
    Files.writeString(directory.summaryJson(), "{\"phases\": [], \"verdict\": \"pass\"}");
    Files.writeString(directory.scenarioYaml(), "name: s\n" + LOAD + "\n");
    assertThat(Objects.requireNonNull(RunSide.read(directory).scenario()).name()).isEqualTo("s");
  }
}
