package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.app.cli.ExitCode;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cold, warm and mixed caches of the engine behind the mock, by its own truth. */
final class CacheStatesTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ENGINE = "profile: h100-llama3-8b";
  private static final String BLIND = "mock: {" + ENGINE + ", engine: {prefix_caching: false}}";
  private static final String MIX = "mix: [{name: one, input: \"uniform(200, 1000)\", output: 8}]";
  private static final String SESSIONS =
      "mix: [{name: talk, system: {tokens: 400, variants: 20}, input: 100, output: 8, turns: 2}]";

  @TempDir Path temp;

  private Path scenario(String target, String workload) throws IOException {
    return Files.writeString(
        temp.resolve("cache.yaml"),
        """
        name: states
        target: {%s}
        workload:
          %s
        load: [{name: hold, users: 4, for: 1500ms}]
        """
            .formatted(target, workload.replace("\n", "\n  ")));
  }

  private Path mocked(String workload) throws IOException {
    return scenario(
        "mock: {%s, truth: %s}".formatted(ENGINE, temp.resolve("truth.jsonl")), workload);
  }

  private Invocation run(Path scenario) throws IOException {
    String out = Files.createTempDirectory(temp, "run").toString();
    return Invocation.of("run", scenario.toString(), "--out", out, "--json");
  }

  private static JsonNode hold(JsonNode summary) {
    assertThat(summary.at("/phases/0/requests/completed").asInt()).isPositive();
    return summary.at("/phases/0");
  }

  private static JsonNode cacheResult(JsonNode summary) {
    List<JsonNode> results =
        summary
            .path("thresholds")
            .valueStream()
            .filter(each -> each.path("expr").asString().startsWith("cache_hit_rate of hold"))
            .toList();
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  /** The share of prompt tokens that the mock found, of requests for more than a primer's token. */
  private double truth() throws IOException {
    long found = 0;
    long all = 0;
    for (String line : Files.readAllLines(temp.resolve("truth.jsonl"))) {
      JsonNode truth = JSON.readTree(line);
      if (truth.path("output_tokens").asInt() > 1) {
        found += truth.path("cached_tokens").asLong();
        all += truth.path("prompt_tokens").asLong();
      }
    }
    assertThat(all).isPositive();
    return (double) found / all;
  }

  @ParameterizedTest
  @CsvSource({"0, 0%", "0.3, 30%", "0.6, 60%", "0.9, 90%"})
  void mixed_isReachedWithinThreePoints_byTruth_usageAndCounters(double share, String asked)
      throws IOException {
    Invocation run = run(mocked(MIX + "\ncache: {state: mixed, hit_rate: " + asked + "}"));
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    JsonNode summary = JSON.readTree(run.output());
    JsonNode cache = hold(summary).path("cache");
    assertThat(cache.path("asked").asDouble()).isEqualTo(share);
    assertThat(truth()).isCloseTo(share, within(0.03));
    assertThat(cache.path("hit_rate").asDouble(-1)).isCloseTo(share, within(0.03));
    assertThat(cache.path("server_hit_rate").asDouble(-1)).isCloseTo(share, within(0.03));
    assertThat(cacheResult(summary).path("ok").asBoolean()).isTrue();
  }

  @Test
  void cold_findsNothing_thoughSessionsShareTheirBeginning() throws IOException {
    Invocation run = run(mocked(SESSIONS + "\ncache: cold"));
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    JsonNode summary = JSON.readTree(run.output());
    assertThat(truth()).isZero();
    assertThat(cacheResult(summary).path("value").asDouble(-1)).isZero();
    assertThat(cacheResult(summary).path("ok").asBoolean()).isTrue();
  }

  @Test
  void cold_calibrated_findsNothingOfTheCalibrationEither() throws IOException {
    Invocation run = run(mocked(MIX + "\ncalibrate: true\ncache: cold"));
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    assertThat(JSON.readTree(run.output()).path("notes").toString()).contains("calibrate: ");
    assertThat(truth()).isZero();
  }

  @Test
  void cold_bySession_findsASessionsOwnHistoryAlone() throws IOException {
    String workload = SESSIONS + "\ncache: {state: cold, isolate: session}";
    Invocation run = run(mocked(workload));
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    List<JsonNode> turns =
        hold(JSON.readTree(run.output())).at("/sessions/turns").valueStream().toList();
    assertThat(turns.get(0).path("cache_hit_rate").asDouble(-1)).isZero();
    assertThat(turns.get(1).path("cache_hit_rate").asDouble(-1)).isGreaterThan(0.7);
    assertThat(truth()).isPositive();
  }

  @Test
  void warm_isPrimed_soThatEvenFirstRequestsFindTheirBeginning() throws IOException {
    Invocation run = run(mocked(SESSIONS + "\ncache: warm"));
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    JsonNode summary = JSON.readTree(run.output());
    assertThat(summary.path("notes").toString())
        .contains("cache: 20 shared beginnings (")
        .contains("they are in no figure")
        .doesNotContain("failed");
    // Of 500 tokens, the 400 of the system message.
    JsonNode first = hold(summary).at("/sessions/turns/0");
    assertThat(first.path("cache_hit_rate").asDouble(-1)).isCloseTo(0.8, within(0.05));
    // What is at best counts what was primed: few requests would make it far less otherwise.
    assertThat(hold(summary).at("/cache/asked").asDouble(-1)).isCloseTo(truth(), within(0.05));
    assertThat(cacheResult(summary).path("ok").asBoolean()).isTrue();
  }

  @Test
  void deviation_fails_andPassesWhereAllowed() throws IOException {
    String asked = MIX + "\ncache: {state: mixed, hit_rate: 60%";
    Invocation run = run(scenario(BLIND, asked + "}"));
    assertThat(run.exitCode()).isIn(ExitCode.THRESHOLD_FAILED, ExitCode.CLIENT_LIMITED);
    JsonNode missed = cacheResult(JSON.readTree(run.output()));
    assertThat(missed.path("ok").asBoolean()).isFalse();
    assertThat(missed.path("value").asDouble(-1)).isZero();
    assertThat(missed.path("expr").asString())
        .isEqualTo("cache_hit_rate of hold within 5.00 points of 60.0 % (mixed)");

    Invocation allowed = run(scenario(BLIND, asked + ", tolerance: 100%}"));
    assertThat(allowed.carriedOut()).as(allowed.error()).isTrue();
    assertThat(hold(JSON.readTree(allowed.output())).at("/cache/asked").asDouble()).isEqualTo(0.6);
  }

  private Invocation cache(Path scenario, String... flags) {
    List<String> command = new ArrayList<>(List.of("cache", scenario.toString()));
    command.addAll(List.of("--out", temp.resolve("runs").toString()));
    command.addAll(List.of(flags));
    return Invocation.of(command.toArray(String[]::new));
  }

  @Test
  void command_runsThreeStates_andPrintsThemSideBySide() throws IOException {
    Invocation cache = cache(mocked(MIX), "--for", "1s", "--hit-rate", "60%");
    assertThat(cache.carriedOut()).as(cache.error()).isTrue();
    List<String> lines = cache.output().lines().toList();
    int head = lines.indexOf("                              cold          warm         mixed");
    assertThat(head).as(cache.output()).isPositive();
    assertThat(lines.get(head + 1)).matches(" +hit rate asked +0\\.0 % .* 60\\.0 %");
    assertThat(lines.get(head + 2)).matches(" +by usage .*[56]\\d\\.\\d %");
    assertThat(cache.output()).contains("capacity").contains("× 1.00");
    for (String state : List.of("cold", "warm", "mixed")) {
      Path run = temp.resolve("runs").resolve(state);
      assertThat(run.resolve("report.html")).exists();
      assertThat(cache.output()).contains("report: " + run.resolve("report.html"));
      assertThat(JSON.readTree(run.resolve("summary.json").toFile()).path("scenario").asString())
          .isEqualTo("states-" + state);
    }
    Path page = temp.resolve("runs/states.html");
    assertThat(cache.output()).contains("side by side: " + page);
    assertThat(Page.own(page))
        .contains("id=\"cache-ttft\"", "\"categories\":[\"cold\",\"warm\",\"mixed\"]")
        .contains("hit rate asked", "<li>cold: ", "<li>mixed: ");
  }

  @Test
  void command_json_isAnObjectByState_inTheOrderAskedFor() throws IOException {
    Invocation cache =
        cache(mocked(MIX), "--for", "1s", "--states", "mixed,cold", "--block", "32", "--json");
    assertThat(cache.carriedOut()).as(cache.error()).isTrue();
    JsonNode states = JSON.readTree(cache.output());
    assertThat(states.propertyNames()).containsExactly("mixed", "cold");
    assertThat(hold(states.path("mixed")).at("/cache/asked").asDouble()).isEqualTo(0.5);
    assertThat(Files.readString(temp.resolve("runs/mixed/scenario.yaml"))).contains("block: 32");
  }

  @Test
  void command_sessions_haveNoMixedState_andAreTold() throws IOException {
    Invocation cache = cache(mocked(SESSIONS), "--for", "1s", "--quiet");
    assertThat(cache.carriedOut()).as(cache.error()).isTrue();
    assertThat(cache.error()).contains("candor: mixed is left out: ");
    assertThat(cache.output().lines().toList().get(1))
        .isEqualTo("                              cold          warm");
    assertThat(temp.resolve("runs/mixed")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--states=tepid | --states: found 'tepid', must be cold, warm or mixed",
        "--states=cold,cold | --states: cold is there twice",
        "--hit-rate=100% | --hit-rate: found 100%, must be below 100%",
        "--hit-rate=half | --hit-rate: found 'half', must be a share such as 0.05 or 5%",
        "--block=0 | --block: found 0, must be 1 or more",
        "--block=x | --block",
      })
  void command_mistake_exit2_namesIt(String flag, String said) throws IOException {
    Invocation cache = cache(mocked(MIX), flag);
    assertThat(cache.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cache.error()).contains(said).doesNotContain("\tat ");
    assertThat(temp.resolve("runs")).doesNotExist();
  }

  @Test
  void command_noStateLeft_exit2() throws IOException {
    Invocation cache = cache(mocked(SESSIONS), "--states", "mixed");
    assertThat(cache.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cache.error()).contains("--states: none of them can be had with this workload");
  }

  /** A mock apart from the run. */
  private MockServer start() throws IOException {
    Path file = scenario("mock: {" + ENGINE + "}", MIX);
    MockSettings settings =
        Objects.requireNonNull(
            ScenarioFile.read(file, Overrides.NONE, name -> null).target().mock());
    return MockServer.start(MockOptions.of(settings, 1));
  }

  private static int cachedTokens(URI base) throws Exception {
    String body =
        "{\"model\":\"m\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted("word ".repeat(200));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return JSON.readTree(answer).at("/usage/prompt_tokens_details/cached_tokens").asInt(0);
    }
  }

  @Test
  void reset_emptiesTheServersCacheAheadOfTheRun() throws Exception {
    try (MockServer mock = start()) {
      assertThat(cachedTokens(mock.baseUrl())).isZero();
      assertThat(cachedTokens(mock.baseUrl())).isGreaterThan(150);
      Invocation run =
          run(
              scenario(
                  "url: \"%s\", model: mock-model".formatted(mock.baseUrl()),
                  MIX + "\ncache: {state: cold, reset: /reset_prefix_cache}"));
      assertThat(run.carriedOut()).as(run.error()).isTrue();
      assertThat(JSON.readTree(run.output()).path("notes").toString())
          .contains("cache: emptied ahead of the run by /reset_prefix_cache");
      assertThat(cachedTokens(mock.baseUrl())).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reset_thatIsNotDone_exit3_namesTheHook(boolean answered) throws IOException {
    try (MockServer mock = start()) {
      String url = answered ? mock.baseUrl().toString() : "http://127.0.0.1:" + unused() + "/v1";
      Invocation run =
          run(
              scenario(
                  "url: \"%s\", model: mock-model".formatted(url),
                  MIX + "\ncache: {state: cold, reset: /nowhere}"));
      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
      assertThat(run.error())
          .contains("workload.cache.reset: " + URI.create(url).resolve("/nowhere"))
          .contains("did not empty the cache: ")
          .contains(answered ? "it answered with status 404" : "no connection")
          .doesNotContain("\tat ");
    }
  }

  private static int unused() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
