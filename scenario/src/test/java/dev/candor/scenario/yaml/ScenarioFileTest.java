package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.Abandon;
import dev.candor.scenario.ClientCertificate;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Connections;
import dev.candor.scenario.GenericApi;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MetricsPages;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Workload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ScenarioFileTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir Path temp;

  private Scenario read(String yaml) throws IOException {
    return read(yaml, Map.of());
  }

  private Scenario read(String yaml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(temp.resolve("test.yaml"), yaml);
    return ScenarioFile.read(file, Overrides.NONE, environment::get);
  }

  @Test
  void read_everything_isResolved() throws IOException {
    Scenario scenario =
        read(
            """
            name: all
            seed: 42
            target:
              url: https://127.0.0.1:8443/v1
              api_key: ${KEY}
              headers: {X-Team: "team-${KEY}"}
              body: {temperature: 0.7, stop: [a, b], n: 1}
              timeouts: {idle: 5s}
            workload:
              mix: [{name: short, share: 2, input: "uniform(50, 100)", output: 20}]
            load:
              - {users: 5, ramp_from: 0, for: 10s, warmup: true}
              - {rate: 600/min, for: 1m, arrivals: constant, max_in_flight: 7}
            slo: {classes: {short: copilot, "*": {preset: chat, itl: 50ms}}}
            thresholds: ["ttft.p99 < 500ms", "goodput >= 99%"]
            """,
            Map.of("KEY", "s3cret"));
    assertThat(scenario.target().apiKey()).isEqualTo("s3cret");
    assertThat(scenario.target().headers()).containsEntry("X-Team", "team-s3cret");
    assertThat(scenario.target().body())
        .containsEntry("temperature", 0.7)
        .containsEntry("n", 1L)
        .containsEntry("stop", List.of("a", "b"));
    assertThat(scenario.target().timeouts().idleNanos()).isEqualTo(5_000_000_000L);
    assertThat(scenario.steps().get(0))
        .isInstanceOfSatisfying(
            LoadStep.Closed.class,
            step -> {
              assertThat(step.name()).isEqualTo("warm-up");
              assertThat(step.fromUsers()).isZero();
            });
    assertThat(scenario.steps().get(1))
        .isInstanceOfSatisfying(
            LoadStep.Open.class,
            step -> {
              assertThat(step.ratePerSecond()).isEqualTo(10);
              assertThat(step.maxInFlight()).isEqualTo(7);
            });
    assertThat(scenario.sloOf("short")).isEqualTo(Slo.PRESETS.get("copilot"));
    assertThat(scenario.sloOf("other").itlNanos()).isEqualTo(50_000_000L);
    assertThat(scenario.thresholds().get(0).bound()).isEqualTo(500);
    assertThat(scenario.thresholds().get(1).bound()).isEqualTo(0.99);
    assertThat(ResolvedYaml.write(scenario)).doesNotContain("s3cret");
    assertThat(scenario.target().toString()).doesNotContain("s3cret");
  }

  @Test
  void connections_areReadAndRoundTrip_withoutTheProxysPassword() throws IOException {
    Files.writeString(temp.resolve("own.pem"), "chain");
    Files.writeString(temp.resolve("own.key"), "key");
    Scenario scenario =
        read(
            """
            target:
              urls: ["https://127.0.0.1:8443/v1", "https://[::1]:8443/v1"]
              tls: {cert: own.pem, key: own.key}
              connections: {http: 2, per_request: true, keep_alive: false, most: 8,
                proxy: "http://me:${PASS}@127.0.0.1:3128"}
            load: [{users: 1, for: 1s}]
            """,
            Map.of("PASS", "s3cret-value"));
    Connections connections = scenario.target().connections();
    assertThat(scenario.target().urls())
        .containsExactly(
            URI.create("https://127.0.0.1:8443/v1"), URI.create("https://[::1]:8443/v1"));
    assertThat(connections.version()).isEqualTo(Connections.HttpVersion.HTTP_2);
    assertThat(connections.onePerRequest()).isTrue();
    assertThat(connections.keepAlive()).isFalse();
    assertThat(connections.most()).isEqualTo(8);
    assertThat(connections.certificate())
        .isEqualTo(new ClientCertificate(temp.resolve("own.pem"), temp.resolve("own.key")));
    assertThat(connections.proxy()).hasUserInfo("me:s3cret-value");
    assertThat(connections + " " + scenario + " " + ResolvedYaml.write(scenario))
        .contains("http://127.0.0.1:3128")
        .doesNotContain("s3cret");
    Path written = Files.writeString(temp.resolve("again.yaml"), ResolvedYaml.write(scenario));
    Connections again = ScenarioFile.readRecorded(written).target().connections();
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFields("proxy")
        .isEqualTo(scenario.target().connections());
    assertThat(ScenarioFile.readRecorded(written).target().urls())
        .isEqualTo(scenario.target().urls());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url: 'http://a/v1', urls: ['http://b/v1'] | urls: stands beside url",
        "urls: [] | urls: is empty",
        "urls: ['http://a/v1', 'ftp://b'] | urls[1]: found 'ftp://b', must be an address",
        "connections: {http: 3} | http: found '3', must be \"1.1\" or \"2\"",
        "connections: {per_request: true} | per_request: is of HTTP/2",
        "connections: {http: 2, keep_alive: false} | say per_request: true too",
        "url: 'http://a/v1', connections: {unix_socket: s, proxy: 'http://p:1'} | stands beside proxy",
        "connections: {unix_socket: s} | unix_socket: needs a target.url",
        "urls: ['http://a/v1', 'http://b/v1'], connections: {unix_socket: s} | is one place",
        "urls: ['http://a/v1', 'http://b/v1'], connections: {most: 1} | at least 1 for each of the 2",
        "connections: {proxy: 'https://p:1'} | found 'https://p:1', must be a proxy such as",
        "connections: {proxy: 'http://u:${HOME_KEY}@:1'} | found 'http://u:${HOME_KEY}@:1'",
        "tls: {cert: test.yaml} | cert: stands alone; key is missing"
      })
  void connections_thatCannotBe_areNamed(String target, String message) {
    assertThatThrownBy(
            () ->
                read(
                    "target: {" + target + "}\nload: [{users: 1, for: 1s}]",
                    Map.of("HOME_KEY", "s3cret")))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("test.yaml:1:")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void read_severalMistakes_reportsAllWithTheirPlaces() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    load:
                      - {usres: 5, users: 5, for: 0s}
                      - {rate: -5, for: 1s}
                    slo: chatty
                    thresholds: ["ttft.p98 < 1s", "ttfx.p99 < 1s"]
                    """))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(
            "test.yaml:2:13: load[0].usres: unknown key 'usres'; did you mean 'users'?")
        .hasMessageContaining("load[0].for: found 0s, must be longer than 0")
        .hasMessageContaining("load[1].rate: found -5, must be a rate above 0")
        .hasMessageContaining("slo: found 'chatty', no preset; did you mean 'chat'?")
        .hasMessageContaining("ttft needs a statistic")
        .hasMessageContaining("no metric 'ttfx'; did you mean 'ttft'?");
  }

  @Test
  void abandonAndClient_areReadAndWrittenBack() throws IOException {
    Scenario scenario =
        read(
            """
            target:
              url: http://127.0.0.1:1/v1
              client: {loops: 2, io: epoll, busy_poll: true, pin: [0, 1]}
            workload:
              abandon:
                - {share: 5%, after: 10s}
                - {share: 0.1, tokens: "uniform(20, 200)"}
            load: [{users: 1, for: 1s}]
            """);
    assertThat(scenario.target().metrics()).isEqualTo(MetricsPages.DEFAULT);
    assertThat(scenario.target().client())
        .isEqualTo(new ClientSettings(2, ClientSettings.Io.EPOLL, true, List.of(0, 1)));
    assertThat(scenario.workload().abandons())
        .containsExactly(
            new Abandon(0.05, new Distribution.Constant(10e9), null),
            new Abandon(0.1, null, new Distribution.Uniform(20, 200)));
    assertThat(read(ResolvedYaml.write(scenario))).isEqualTo(scenario);
    assertThat(read("target: {loops: 3}\nload: [{users: 1, for: 1s}]").target().loops())
        .isEqualTo(3);
  }

  @Test
  void metrics_areReadAndWrittenBack() throws IOException {
    String pages = "[http://127.0.0.1:8000/metrics, https://127.0.0.1:9400/metrics]";
    for (String metrics :
        List.of("true", "false", "{urls: " + pages + ", every: 5s, auth: true}")) {
      Scenario scenario =
          read("target: {metrics: %s}\nload: [{users: 1, for: 1s}]".formatted(metrics));
      assertThat(read(ResolvedYaml.write(scenario))).isEqualTo(scenario);
      List<URI> addresses = List.of(URI.create("http://127.0.0.1:1/v1"));
      assertThat(scenario.target().metrics().of(addresses))
          .hasSize(metrics.equals("true") ? 1 : metrics.equals("false") ? 0 : 2);
      assertThat(scenario.target().metrics().auth()).isEqualTo(metrics.contains("auth"));
      assertThat(scenario.target().metrics().everyNanos())
          .isEqualTo(metrics.contains("5s") ? 5_000_000_000L : 1_000_000_000L);
    }
  }

  private static String generic(String section) {
    return "target: {api: generic, generic: {%s}}\nload: [{users: 1, for: 1s}]".formatted(section);
  }

  @Test
  void read_generic_isResolvedAndReadBack() throws IOException {
    for (String end :
        List.of("", "end: {frame: x}", "end: {event: x}", "end: {field: /a, value: 'true'}")) {
      Scenario scenario =
          read(
              generic(
                  "path: /ask, method: PUT, headers: {x-a: s3cret}, body: '{\"q\": \"{{ prompt }}\"}',"
                      + "text: /t, reasoning: /r, input_tokens: /u/0, cached_tokens: /c, "
                      + "output_tokens: /o, error: /e~1f, "
                      + end));
      GenericApi api = Objects.requireNonNull(scenario.target().generic());
      assertThat(api.error()).isEqualTo("/e~1f");
      assertThat(api.headers()).containsEntry("x-a", "s3cret");
      String written = ResolvedYaml.write(scenario);
      assertThat(written).doesNotContain("s3cret");
      GenericApi again = Objects.requireNonNull(read(written).target().generic());
      assertThat(again.end()).isEqualTo(api.end());
      assertThat(again).usingRecursiveComparison().ignoringFields("headers").isEqualTo(api);
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "is empty"),
        Arguments.of("load:\n\t- users: 5", "a tab is not allowed"),
        Arguments.of("name: [", "is not YAML"),
        Arguments.of("- a", "must be a mapping"),
        Arguments.of("name: a\nname: b\nload: [{users: 1, for: 1s}]", "a second time"),
        Arguments.of("load: [{users: 1, rate: 1/s, for: 1s}]", "users and rate"),
        Arguments.of(
            "workload: {abandon: [{share: 60%, after: 1s}, {share: 60%, tokens: 3}]}",
            "workload.abandon: its shares add up to 120.0 %, must be 100 % at most"),
        Arguments.of("workload: {abandon: [{share: 5%}]}", "workload.abandon[0]: needs after"),
        Arguments.of("workload: {abandon: [{after: 1s}]}", "workload.abandon[0]: needs a share"),
        Arguments.of(
            "workload: {abandon: [{share: 0, after: 1s}]}", "share: found 0, must be above 0"),
        Arguments.of(
            "workload: {abandon: [{share: 5%, tokens: 0}]}",
            "tokens: found '0', must be a number of at least 1"),
        Arguments.of(
            "target: {loops: 2, client: {loops: 2}}", "target.loops: stands beside client.loops"),
        Arguments.of("target: {metrics: no}", "target.metrics: found 'no', must be true, false or"),
        Arguments.of("target: {metrics: {url: x}}", "unknown key 'url'; did you mean 'urls'?"),
        Arguments.of("target: {metrics: {urls: []}}", "urls: is empty, must be a list of pages"),
        Arguments.of(
            "target: {metrics: {urls: [localhost:9400/metrics]}}",
            "target.metrics.urls[0]: found 'localhost:9400/metrics', must be an address"),
        Arguments.of(
            "target: {metrics: {urls: ['http://127.0.0.1:9400']}}",
            "must be the address of a page such as http://127.0.0.1:9400/metrics"),
        Arguments.of(
            "target: {metrics: {every: 10ms}}", "every: found 10ms, must be from 100ms to 1m"),
        Arguments.of("target: {metrics: {auth: x}}", "auth: found 'x', must be true or false"),
        Arguments.of(
            "target: {client: {io: io-uring}}",
            "target.client.io: found 'io-uring'; did you mean 'io_uring'?"),
        Arguments.of("target: {client: {io: nio, busy_poll: true}}", "busy_poll: needs io: epoll"),
        Arguments.of("target: {client: {pin: [0, -1]}}", "pin[1]: found -1, must be at least 0"),
        Arguments.of("target: {client: {pin: 3}}", "pin: found '3', must be a list of cores"),
        Arguments.of("load: [{for: 1s}]", "needs users"),
        Arguments.of("load: [{users: 1}]", "needs a duration"),
        Arguments.of("load: [{users: 1, for: 1s, warmup: true}]", "every step is a warm-up"),
        Arguments.of("load: [{users: 1.5, for: 1s}]", "whole number"),
        Arguments.of("target: {url: 'ftp://x'}\nload: [{users: 1, for: 1s}]", "must be an address"),
        Arguments.of(
            "target: {api_key: '${NOT_SET}'}\nload: [{users: 1, for: 1s}]", "NOT_SET is not set"),
        Arguments.of(
            "target: {api: openai-chatt}\nload: [{users: 1, for: 1s}]",
            "did you mean 'openai-chat'"),
        Arguments.of(generic("text: choices/0"), "target.generic.text: found 'choices/0', must be"),
        Arguments.of(generic("text: /a/-"), "behind the last element"),
        Arguments.of(generic("text: /a~2"), "~ is written ~0"),
        Arguments.of(generic("body: 'x {{promt}}'"), "found {{promt}}; did you mean 'prompt'?"),
        Arguments.of(generic("error: /e"), "target.generic.error: stands without text"),
        Arguments.of(generic("frames: chunks, text: /a"), "stands beside frames: chunks"),
        Arguments.of(generic("frames: whole, end: {frame: x}"), "which end with the body"),
        Arguments.of(generic("frames: ndjson, end: {event: x}"), "only sse has events"),
        Arguments.of(generic("end: {frame: x, event: y}"), "one of frame, event and field"),
        Arguments.of(generic("method: DELETE"), "found 'DELETE', must be one of [POST"),
        Arguments.of(generic("path: ask"), "must begin with /"),
        Arguments.of(
            "target: {api: generic}\nload: [{users: 1, for: 1s}]", "needs the section generic"),
        Arguments.of(
            "target: {generic: {text: /a}}\nload: [{users: 1, for: 1s}]",
            "only api: generic reads it"),
        Arguments.of(
            "target: {api: openai-responses, max_tokens_field: max_tokens}\nload: [{users: 1, for: 1s}]",
            "only openai-chat has a choice"),
        Arguments.of(
            "target: {api: openai-embeddings, ignore_eos: true}\nload: [{users: 1, for: 1s}]",
            "openai-embeddings has no such request"),
        Arguments.of(
            "target: {api: ollama-chat}\nload: [{users: 1, for: 1s}]",
            "does not speak ollama-chat"),
        Arguments.of(
            "workload: {trace: {file: none.csv}}\nload: [{users: 1, for: 1s}]", "there is no file"),
        Arguments.of(
            "target: {url: 'http://127.0.0.1:80000/v1'}\nload: [{users: 1, for: 1s}]",
            "target.url: found 'http://127.0.0.1:80000/v1', must be an address"),
        Arguments.of(
            "target: {connections: {proxy: 'http://127.0.0.1:80000'}}",
            "target.connections.proxy: found 'http://127.0.0.1:80000', must be a proxy"),
        Arguments.of(
            "workload: {mix: [{name: short}]}\nslo: {classes: {shrot: chat}}",
            "slo.classes.shrot: found 'shrot', no class of the workload; did you mean 'short'?"),
        Arguments.of(
            "slo: {classes: chat}", "slo.classes: found 'chat', must be targets by class"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void read_mistake_isNamed(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("test.yaml");
  }

  @Test
  void body_takesWhatStandsInQuotesAsText_andNullAsNull() throws IOException {
    Scenario scenario =
        read(
            """
            target:
              body: {user: "12345", flag: 'true', n: 3, tools: null, stop: ["1", 2]}
            load: [{users: 1, for: 1s}]
            """);
    assertThat(scenario.target().body())
        .containsEntry("user", "12345")
        .containsEntry("flag", "true")
        .containsEntry("n", 3L)
        .containsEntry("tools", null)
        .containsEntry("stop", List.of("1", 2L));
    Path written = Files.writeString(temp.resolve("again.yaml"), ResolvedYaml.write(scenario));
    assertThat(ScenarioFile.readRecorded(written).target().body())
        .isEqualTo(scenario.target().body());
  }

  @Test
  void embeddings_areHeldToNoTargetOfTokens() throws IOException {
    Scenario scenario =
        read(
            """
            target: {api: openai-embeddings}
            load: [{users: 1, for: 1s}]
            slo: {ttft: 1s, e2e: 2s}
            """);
    assertThat(scenario.sloOf("chat").ttftNanos()).isNull();
    assertThat(scenario.sloOf("chat").e2eNanos()).isEqualTo(2_000_000_000L);
  }

  @Test
  void flags_replaceTheFile() throws IOException {
    Path file = Files.writeString(temp.resolve("f.yaml"), "load: [{users: 1, for: 1s}]");
    Overrides flags =
        new Overrides(
            null,
            null,
            "m",
            null,
            "5/s",
            "9s",
            "2s",
            "77",
            "8",
            "out",
            "ttft=1s",
            List.of("failed <= 0"));
    Scenario scenario = ScenarioFile.read(file, flags, name -> null);
    assertThat(scenario.steps()).extracting(LoadStep::name).containsExactly("warm-up", "rate-5");
    assertThat(scenario.steps().get(1).durationNanos()).isEqualTo(9_000_000_000L);
    assertThat(scenario.workload().maxTokens()).isEqualTo(77);
    assertThat(scenario.seed()).isEqualTo(8);
    assertThat(scenario.sloOf("any").ttftNanos()).isEqualTo(1_000_000_000L);
  }

  @Test
  void examples_readAndRoundTrip() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<Path> examples = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
      for (Path example : examples) {
        Scenario scenario = ScenarioFile.read(example, Overrides.NONE, name -> null);
        Path written = Files.writeString(temp.resolve("again.yaml"), ResolvedYaml.write(scenario));
        Scenario again = ScenarioFile.read(written, Overrides.NONE, name -> null);
        assertThat(again.steps()).as("%s", example).isEqualTo(scenario.steps());
        assertThat(again.slos()).isEqualTo(scenario.slos());
        assertThat(again.target().mock()).isEqualTo(scenario.target().mock());
        if (scenario.workload().source() instanceof Workload.Synthetic) {
          assertThat(again.workload()).isEqualTo(scenario.workload());
        }
      }
    }
  }

  @Test
  void headers_thatWouldBreakTheRequest_areRefused() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    target:
                      url: http://127.0.0.1:1/v1
                      api_key: "two\\nlines"
                      headers:
                        "no name": x
                        Content-Length: 5
                        X-Ok: "a\\r\\nb"
                    load: [{users: 1, for: 1s}]
                    """))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("4 problems")
        .hasMessageContaining("test.yaml:3")
        .hasMessageContaining("'no name'")
        .hasMessageContaining("'Content-Length' is Candor's")
        .hasMessageContaining("target.headers.X-Ok");
  }

  @Test
  void readRecorded_needsNeitherFilesNorSecrets() throws IOException {
    Path trace =
        Files.writeString(
            temp.resolve("t.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\n0,1,1\n");
    Scenario scenario =
        read(
            """
            target: {url: "http://127.0.0.1:1/v1", api_key: "${KEY}"}
            workload: {trace: {file: t.csv}}
            load: [{users: 1, for: 1s}]
            """,
            Map.of("KEY", "s3cret-value"));
    Path recorded = Files.writeString(temp.resolve("recorded.yaml"), ResolvedYaml.write(scenario));
    Files.delete(trace);
    assertThat(Files.readString(recorded)).doesNotContain("s3cret-value");
    assertThat(ScenarioFile.readRecorded(recorded).workload()).isEqualTo(scenario.workload());
    assertThatThrownBy(() -> ScenarioFile.read(recorded, Overrides.NONE, name -> null))
        .hasMessageContaining("there is no file");
  }

  private static Overrides flags(String... pairs) {
    Map<String, String> given = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return new Overrides(
        given.get("url"),
        given.get("api"),
        null,
        given.get("users"),
        null,
        given.get("for"),
        given.get("warmup"),
        null,
        null,
        null,
        null,
        List.of());
  }

  @Test
  void fromFlags_withoutATarget_isTheQuickstart() throws IOException {
    Scenario flagsAlone = ScenarioFile.fromFlags(Overrides.NONE, name -> null);
    Scenario example =
        ScenarioFile.read(EXAMPLES.resolve("quickstart.yaml"), Overrides.NONE, name -> null);
    assertThat(flagsAlone).isEqualTo(example);
    Scenario own =
        ScenarioFile.fromFlags(flags("url", "http://127.0.0.1:1/v1", "users", "3"), name -> null);
    assertThat(own.steps()).extracting(LoadStep::warmup).containsExactly(true, false);
    assertThat(own.thresholds()).isEmpty();
  }

  @Test
  void fromFlags_ofEmbeddings_isTheQuickstartWithoutItsGoalsOfTokens() {
    Scenario embeddings = ScenarioFile.fromFlags(flags("api", "openai-embeddings"), name -> null);
    assertThat(embeddings.name()).isEqualTo("quickstart");
    assertThat(embeddings.slos()).isEmpty();
    assertThat(embeddings.thresholds()).isEmpty();
    assertThat(
            ScenarioFile.fromFlags(flags("api", "anthropic-messages"), name -> null).thresholds())
        .hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("warmups")
  void warmupFlag_winsOverTheFile(String load, String flag, List<Long> seconds) throws IOException {
    Path file = Files.writeString(temp.resolve("w.yaml"), "load: [" + load + "]");
    Scenario scenario = ScenarioFile.read(file, flags("warmup", flag), name -> null);
    assertThat(scenario.steps())
        .extracting(step -> step.durationNanos() / 1_000_000_000)
        .isEqualTo(seconds);
    assertThat(scenario.steps().getLast().warmup()).isFalse();
  }

  static Stream<Arguments> warmups() {
    String warm = "{users: 5, for: 10s, warmup: true}";
    String measured = "{users: 5, for: 60s}";
    return Stream.of(
        Arguments.of(warm + "," + measured, "4s", List.of(4L, 60L)),
        Arguments.of(warm + "," + measured, "0s", List.of(60L)),
        Arguments.of(measured, "4s", List.of(4L, 60L)),
        Arguments.of("{rate: 3/s, for: 60s}", "4s", List.of(4L, 60L)),
        Arguments.of(measured, "0s", List.of(60L)));
  }

  @Test
  void variables_areResolvedForSecretsOnly() throws IOException {
    Scenario scenario =
        read(
            """
            name: "${KEY}"
            target: {model: "${KEY}", api_key: "${KEY}", body: {user: "${KEY}"}}
            load: [{users: 1, for: 1s}]
            """,
            Map.of("KEY", "s3cret"));
    assertThat(scenario.target().apiKey()).isEqualTo("s3cret");
    assertThat(scenario.name()).isEqualTo("${KEY}");
    assertThat(scenario.target().model()).isEqualTo("${KEY}");
    assertThat(scenario.target().body()).containsEntry("user", "${KEY}");
  }
}
