package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.FaultRule.Window;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.MockSettings.Times;
import dev.candor.scenario.Quota;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

final class MockFileTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir Path temp;

  private MockSettings read(String yaml) throws IOException {
    return MockFile.read(Files.writeString(temp.resolve("mock.yaml"), yaml));
  }

  private static List<FaultRule> faults(String text) {
    return MockFile.faults("posted", text, 2);
  }

  private static String dump(Map<String, Object> entries) {
    return new Dump(DumpSettings.builder().build()).dumpToString(entries);
  }

  @Test
  void read_everything_isRead() throws IOException {
    MockSettings mock =
        read(
            """
            profile: h100-llama3-8b
            engine: {replicas: 2, routing: least-loaded, max_num_seqs: 128, prefix_caching: false,
                     kv_blocks: 2000, max_queue: 0}
            tool_calls: 5%
            text: echo
            metrics: sglang
            quotas:
              - {key: a, model: m, rpm: 60, tpm: 1000, limit: fixed-window}
              - {input_tpm: 5}
            faults:
              - {fault: error, status: 429, retry_after: 2s, share: 5%, model: m, path: /v1/messages,
                 headers: {x-test: 1}, nth: 3, first: 2, from: 10s, for: 20s,
                 every: exponential(60s)}
              - {fault: crash, replica: 1, for: 1m}
            """);
    assertThat(mock.times())
        .isEqualTo(
            new Times.Simulated(
                new MockEngine(
                    "h100-llama3-8b",
                    2,
                    MockEngine.Routing.LEAST_LOADED,
                    128,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    2000,
                    0)));
    assertThat(mock.answers())
        .isEqualTo(new MockSettings.Answers(null, 1, 0, 0.05, MockSettings.AnswerText.ECHO));
    assertThat(mock.metrics()).isEqualTo(MockSettings.MetricNames.SGLANG);
    assertThat(mock.quotas())
        .containsExactly(
            new Quota("a", "m", 60, 1000, 0, 0, Quota.Kind.FIXED_WINDOW),
            new Quota(null, null, 0, 0, 5, 0, Quota.Kind.TOKEN_BUCKET));
    assertThat(mock.faults())
        .containsExactly(
            new FaultRule(
                new MockFault.ErrorStatus(429, 2 * SECOND, null),
                new Match(0.05, "m", "/v1/messages", Map.of("x-test", "1"), 3, 2),
                new Window(10 * SECOND, 20 * SECOND, new Distribution.Exponential(60e9))),
            FaultRule.always(new MockFault.Crash(1)).within(new Window(0, 60 * SECOND, null)));
  }

  @Test
  void read_profileFile_isFoundBesideTheFile() throws IOException {
    Path profile = Files.writeString(temp.resolve("own.yaml"), "name: own");
    assertThat(read("profile: own.yaml").times())
        .isEqualTo(new Times.Simulated(MockEngine.of(profile.toString())));
    assertThatThrownBy(() -> read("profile: other.yaml"))
        .hasMessageContaining("mock.yaml:1:10: profile: there is no file");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("profile: p\nttft: 1s", "2:7: ttft: stands beside profile"),
        Arguments.of("profile: p\nitl: 1s", "2:6: itl: stands beside profile"),
        Arguments.of("profile: p\nrecorded: .", "1:10: profile: stands beside recorded"),
        Arguments.of("engine: {replicas: 2}", "1:9: engine: needs a profile beside it"),
        Arguments.of(
            "profile: p\nengine: {replicas: 0}", "engine.replicas: found 0, must be at least 1"),
        Arguments.of(
            "profile: p\nengine: {routing: random}",
            "engine.routing: found 'random'; known are round-robin, least-loaded, prefix-aware,"
                + " session-sticky"),
        Arguments.of(
            "profile: p\nengine: {max_num_seq: 8}",
            "unknown key 'max_num_seq'; did you mean 'max_num_seqs'?"),
        Arguments.of(
            "profile: p\nengine: {chunked_prefill: 1}", "found '1', must be true or false"),
        Arguments.of("tool_calls: 5", "1:13: tool_calls: found 5, must be a share from 0 to 1"),
        Arguments.of("text: lorem", "1:7: text: found 'lorem'; known are words, echo"),
        Arguments.of("metrics: vlm", "1:10: metrics: found 'vlm'; did you mean 'vllm'?"),
        Arguments.of("quotas: {rpm: 5}", "1:9: quotas: found a mapping, must be a list of quotas"),
        Arguments.of(
            "quotas: [{key: a}]",
            "1:10: quotas[0]: needs a limit a minute, one or more of rpm, tpm, input_tpm,"
                + " output_tpm"),
        Arguments.of("quotas: [{rpm: 0}]", "1:16: quotas[0].rpm: found 0, must be at least 1"),
        Arguments.of(
            "quotas: [{rpm: 1, limit: leaky}]",
            "limit: found 'leaky'; known are token-bucket, fixed-window"),
        Arguments.of(
            "faults: [{fault: crash, replica: 1, for: 1s}]",
            "1:34: faults[0].replica: found 1, must be below 1, the number of replicas"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void read_mistake_isNamedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("mock.yaml:")
        .hasMessageContaining(message);
  }

  static Stream<Arguments> faultMistakes() {
    return Stream.of(
        Arguments.of("stall", "1:11: faults[0]: needs a fault, such as {fault: stall, after: 10}"),
        Arguments.of("{after: 3}", "1:11: faults[0]: needs a fault"),
        Arguments.of("{fault: stal}", "1:19: faults[0].fault: found 'stal'; did you mean 'stall'?"),
        Arguments.of("{fault: error}", "faults[0].fault: needs status, such as status: 429"),
        Arguments.of(
            "{fault: error, status: 200}", "faults[0].status: found 200, must be at least 400"),
        Arguments.of("{fault: error, status: 600}", "found 600, must be at most 599"),
        Arguments.of("{fault: slow-headers}", "needs delay, such as delay: 2s"),
        Arguments.of("{fault: reset}", "needs after, such as after: 10, or after: before"),
        Arguments.of("{fault: reset, after: -1}", "found -1, must be at least 0"),
        Arguments.of(
            "{fault: truncate, after: before}",
            "found 'before', must be a whole number of at least 0"),
        Arguments.of("{fault: stall, after: 1, stall_for: 0s}", "must be longer than 0"),
        Arguments.of("{fault: tokens-per-chunk}", "needs tokens, such as tokens: 4"),
        Arguments.of("{fault: lying-usage}", "needs factor, such as factor: 1.5"),
        Arguments.of("{fault: ping-flood}", "needs per_token, such as per_token: 10"),
        Arguments.of("{fault: leak}", "needs per_hour, such as per_hour: 10%"),
        Arguments.of("{fault: spike, factor: 0}", "found 0, must be above 0"),
        Arguments.of("{fault: brown-out, replica: 2, factor: 2}", "found 2, must be below 2"),
        Arguments.of(
            "{fault: stall, after: 1, status: 500}",
            "unknown key 'status'; known are fault, after, stall_for, share, model, path, headers,"
                + " nth, first, from, for, every"),
        Arguments.of(
            "{fault: spike, factor: 2, model: m}",
            "faults[0].model: chooses among requests, but spike strikes the service as a whole; it"
                + " takes fault, factor, from, for, every"),
        Arguments.of(
            "{fault: spike, factor: 2, after: 1}",
            "unknown key 'after'; known are fault, factor, from, for, every"),
        Arguments.of("{fault: refused}", "refused needs an end, such as for: 20s"),
        Arguments.of("{fault: crash, from: 9s}", "crash needs an end, such as for: 20s"),
        Arguments.of(
            "{fault: html, every: 9s}",
            "faults[0].every: needs the length of each window, such as for: 5s"),
        Arguments.of(
            "{fault: html, for: 1us, every: 9s}", "faults[0].for: found 1us, must be at least 1ms"),
        Arguments.of("{fault: html, for: 1s, every: 0s}", "found 0s, must be longer than 0"),
        Arguments.of("{fault: html, share: 101%}", "found 101%, must be a share from 0 to 1"),
        Arguments.of("{fault: html, nth: 0}", "found 0, must be at least 1"),
        Arguments.of("{fault: html, first: 0}", "found 0, must be at least 1"),
        Arguments.of("{fault: html, headers: x}", "must be a mapping such as {x-test: \"1\"}"),
        Arguments.of(
            "{fault: html, headers: {x: [1]}}", "headers.x: found a list, must be the header's"));
  }

  @ParameterizedTest
  @MethodSource("faultMistakes")
  void faults_mistake_isNamedWithItsPlace(String rule, String message) {
    assertThatThrownBy(() -> faults("faults: [ " + rule + "]"))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("posted:1:")
        .hasMessageContaining(message);
  }

  @Test
  void faults_severalMistakes_areAllTold() {
    assertThatThrownBy(() -> faults("faults: [{fault: erorr}, {fault: html, nth: 0}]"))
        .hasMessageContaining("2 problems")
        .hasMessageContaining("faults[0].fault: found 'erorr'; did you mean 'error'?")
        .hasMessageContaining("faults[1].nth");
  }

  @Test
  void faults_withoutTheKey_isAMistakeButAnEmptyListIsNot() {
    assertThat(faults("{\"faults\": []}")).isEmpty();
    assertThatThrownBy(() -> faults("{}")).hasMessageContaining("posted:1:1: needs faults");
    assertThatThrownBy(() -> faults("{faults: [], more: 1}"))
        .hasMessageContaining("unknown key 'more'");
    assertThatThrownBy(() -> faults("")).hasMessageContaining("posted: is empty");
  }

  @Test
  void entries_everyKind_areReadBack() {
    assertThat(FullMock.FAULTS.stream().map(rule -> FaultKind.of(rule.fault())))
        .as("a rule of every kind is tried")
        .containsAll(List.of(FaultKind.values()));
    assertThat(faults(dump(MockFile.entries(FullMock.FAULTS)))).isEqualTo(FullMock.FAULTS);
  }

  @Test
  void kind_ofService_isTheFaults() {
    Map<FaultKind, Boolean> found =
        FullMock.FAULTS.stream()
            .map(FaultRule::fault)
            .collect(
                Collectors.toMap(
                    FaultKind::of, fault -> fault instanceof MockFault.OfService, (a, b) -> a));
    found.forEach((kind, ofService) -> assertThat(kind.ofService()).isEqualTo(ofService));
  }

  @Test
  void resolvedScenario_withEverything_isReadBack() throws IOException {
    for (MockSettings mock : FullMock.ALL) {
      Path first = Files.writeString(temp.resolve("first.yaml"), scenario(mock));
      Scenario read = ScenarioFile.read(first, Overrides.NONE, name -> null);
      assertThat(read.target().mock()).isEqualTo(mock);
      Path again = Files.writeString(temp.resolve("again.yaml"), ResolvedYaml.write(read));
      assertThat(ScenarioFile.read(again, Overrides.NONE, name -> null).target().mock())
          .isEqualTo(mock);
    }
  }

  @Test
  void documentedExample_isRead() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "scenarios.md"));
    String example = page.substring(page.indexOf("target:\n  mock:"));
    String yaml = example.substring(0, example.indexOf("```")) + "load: [{users: 1, for: 1s}]";
    Path file = Files.writeString(temp.resolve("documented.yaml"), yaml);
    MockSettings mock = ScenarioFile.read(file, Overrides.NONE, name -> null).target().mock();
    assertThat(mock.faults()).hasSize(4);
    assertThat(mock.quotas()).hasSize(1);
  }

  private static String scenario(MockSettings mock) {
    return dump(
        Map.of(
            "target",
            Map.of("mock", MockYaml.entries(mock)),
            "load",
            List.of(Map.of("users", 1, "for", "1s"))));
  }
}
