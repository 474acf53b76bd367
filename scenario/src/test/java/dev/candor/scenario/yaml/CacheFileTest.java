package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code workload.cache}: its forms, what each means for the salt, and its mistakes. */
final class CacheFileTest {
  private static final String PLAIN = "mix: [{input: 500}]\n";

  @TempDir Path temp;

  @BeforeEach
  void writeSources() throws IOException {
    Files.createFile(temp.resolve("t.csv"));
    Files.createFile(temp.resolve("m.jsonl"));
  }

  private Scenario file(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), text);
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }

  private Workload read(String workload) throws IOException {
    return file("c.yaml", "load: [{users: 1, for: 1s}]\nworkload:\n" + workload.indent(2))
        .workload();
  }

  static Stream<Arguments> forms() {
    CachePlan.Cold cold = new CachePlan.Cold(false);
    return Stream.of(
        Arguments.of("cold", new CachePlan(cold, 0.05, null), SaltScope.REQUEST, 0.0),
        Arguments.of("{state: cold}", new CachePlan(cold, 0.05, null), SaltScope.REQUEST, 0.0),
        Arguments.of(
            "{state: cold, isolate: request, tolerance: 0}",
            new CachePlan(cold, 0, null),
            SaltScope.REQUEST,
            0.0),
        Arguments.of(
            "{state: cold, isolate: session}",
            new CachePlan(new CachePlan.Cold(true), 0.05, null),
            SaltScope.SESSION,
            null),
        Arguments.of(
            "{state: cold, reset: /flush_cache}",
            new CachePlan(cold, 0.05, "/flush_cache"),
            SaltScope.RUN,
            null),
        Arguments.of("warm", new CachePlan(new CachePlan.Warm(), 0.05, null), SaltScope.RUN, null),
        Arguments.of(
            "{state: warm, tolerance: 100%, reset: /reset_prefix_cache}",
            new CachePlan(new CachePlan.Warm(), 1, "/reset_prefix_cache"), SaltScope.RUN, null),
        Arguments.of(
            "{state: mixed, hit_rate: 60%}",
            new CachePlan(new CachePlan.Mixed(0.6, 16), 0.05, null), SaltScope.RUN, 0.6),
        Arguments.of(
            "{state: mixed, hit_rate: 0.3, block: 64, tolerance: 10 %, reset: /r}",
            new CachePlan(new CachePlan.Mixed(0.3, 64), 0.1, "/r"), SaltScope.RUN, 0.3));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void form_isRead_saysWhatIsSaltedAndAsked_andIsReadBackEqual(
      String form, CachePlan plan, SaltScope salt, Double asked) throws IOException {
    Scenario scenario =
        file(
            "c.yaml",
            "load: [{users: 1, for: 1s}]\nworkload:\n" + (PLAIN + "cache: " + form).indent(2));
    assertThat(scenario.workload().cache()).isEqualTo(plan);
    assertThat(scenario.workload().salt()).isEqualTo(salt);
    assertThat(plan.asked()).isEqualTo(asked);
    Scenario again = file("again.yaml", ResolvedYaml.write(scenario));
    assertThat(again.workload()).isEqualTo(scenario.workload());
  }

  @Test
  void noState_isNone_andTheSaltIsTheRuns() throws IOException {
    assertThat(read(PLAIN).cache()).isNull();
    assertThat(read(PLAIN).salt()).isEqualTo(SaltScope.RUN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace: {file: t.csv, format: azure}\ncache: {state: mixed, hit_rate: 5%}",
        "mix: [{input: 5, turns: 3}]\ncache: {state: cold, isolate: session}",
        "preset: chat\ncache: warm",
        "messages: {file: m.jsonl}\ncache: cold",
      })
  void otherSources_haveTheirStates(String workload) throws IOException {
    assertThat(read(workload).cache()).isNotNull();
  }

  static Stream<Arguments> mistakes() {
    String mixed = "cache: {state: mixed, hit_rate: 60%}";
    String context = "mixed gives every prompt a shared part of its own making";
    return Stream.of(
        Arguments.of(
            "cache: hot", "c.yaml:3:10: workload.cache: found 'hot'; known are cold, warm, mixed"),
        Arguments.of("cache: wram", "workload.cache: found 'wram'; did you mean 'warm'?"),
        Arguments.of(
            "cache: mixed",
            "c.yaml:3:10: workload.cache: mixed needs a hit_rate: cache: {state: mixed, hit_rate: 60%}"),
        Arguments.of("cache: [cold]", "workload.cache: "),
        Arguments.of("cache: {isolate: session}", "workload.cache: needs a state"),
        Arguments.of("cache: {state: tepid}", "workload.cache.state: found 'tepid'"),
        Arguments.of("cache: {state: mixed}", "workload.cache: needs a hit_rate, such as 60%"),
        Arguments.of(
            "cache: {state: mixed, hit_rate: 100%}",
            "c.yaml:3:35: workload.cache.hit_rate: found 100%, must be below 100%: a prompt's last token is always computed"),
        Arguments.of(
            "cache: {state: mixed, hit_rate: 60}",
            "workload.cache.hit_rate: found 60, must be a share from 0 to 1"),
        Arguments.of(
            "cache: {state: mixed, hit_rate: -1%}",
            "workload.cache.hit_rate: found '-1%', must be a share"),
        Arguments.of(
            "cache: {state: mixed, hit_rate: 60%, block: 0}",
            "workload.cache.block: found 0, must be at least 1"),
        Arguments.of(
            "cache: {state: warm, hit_rate: 60%}",
            "workload.cache.hit_rate: goes with state: mixed"),
        Arguments.of(
            "cache: {state: cold, block: 16}", "workload.cache.block: goes with state: mixed"),
        Arguments.of(
            "cache: {state: warm, isolate: session}",
            "workload.cache.isolate: goes with state: cold"),
        Arguments.of(
            "cache: {state: cold, isolate: run}",
            "workload.cache.isolate: found 'run', must be request or session"),
        Arguments.of(
            "cache: {state: cold, tolerance: 5}",
            "workload.cache.tolerance: found 5, must be a share from 0 to 1"),
        Arguments.of(
            "cache: {state: cold, reset: reset_prefix_cache}",
            "workload.cache.reset: found 'reset_prefix_cache', must be a path of the server, such as /reset_prefix_cache"),
        Arguments.of(
            "cache: {state: cold, isolate: session, reset: /r}",
            "workload.cache.isolate: stands beside reset"),
        Arguments.of("cache: {state: cold, hitrate: 5%}", "unknown key 'hitrate'"),
        Arguments.of(
            "cache: cold\nsalt: session",
            "c.yaml:3:10: workload.cache: stands beside salt; the state decides what is salted"),
        Arguments.of("mix: [{input: 5, turns: 3}]\n" + mixed, "workload.cache.state: " + context),
        Arguments.of("mix: [{input: 5, system: {tokens: 9}}]\n" + mixed, context),
        Arguments.of("mix: [{input: 5, tools: {tokens: 9}}]\n" + mixed, context),
        Arguments.of("mix: [{input: 5, documents: {tokens: 9}}]\n" + mixed, context),
        Arguments.of("mix: [{input: 5, correlation: 0.5}]\n" + mixed, "without correlation"),
        Arguments.of("preset: chat\n" + mixed, context),
        Arguments.of("messages: {file: m.jsonl}\n" + mixed, context));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakes_nameTheirPlace(String workload, String message) {
    assertThatThrownBy(() -> read(workload))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message);
  }
}
