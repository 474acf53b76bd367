package dev.candor.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.app.cli.CandorCommand;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboard's pages ask for, over HTTP. */
final class DashboardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String SHORT =
      """
      target: {mock: {ttft: 20ms, itl: 2ms, output_tokens: 5}}
      workload: {mix: [{name: chat, input: 20, output: 5}]}
      load: [{name: hold, users: 5, for: %s}]
      """;

  @TempDir Path temp;
  private final HttpClient http = HttpClient.newHttpClient();
  private Dashboard dashboard;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(temp.resolve("scenarios/chat"));
    dashboard = Dashboard.start(temp, "127.0.0.1", 0, null);
  }

  @AfterEach
  void stop() {
    http.close();
    dashboard.close();
  }

  private record Answer(int status, JsonNode body) {}

  private URI at(String address) {
    return URI.create("http://127.0.0.1:" + dashboard.port() + address);
  }

  private Answer send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
  }

  private Answer get(String address) throws Exception {
    return send(HttpRequest.newBuilder(at(address)).build());
  }

  private Answer send(String method, String address, Map<String, ?> body) throws Exception {
    return send(
        HttpRequest.newBuilder(at(address))
            .method(
                method,
                HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
            .header("Content-Type", "application/json")
            .header("X-Candor", "1")
            .build());
  }

  private Answer post(String address, Map<String, ?> body) throws Exception {
    return send("POST", address, body);
  }

  /** A run in virtual time, in a folder of {@code folder}. */
  private void simulated(String folder, String name, long seed) throws IOException {
    Path scenario = temp.resolve(name + ".txt.yaml");
    Files.writeString(
        scenario, "name: twin\ntags: [nightly, s%d]\n%s".formatted(seed, SHORT.formatted("20s")));
    assertThat(
            CandorCommand.execute(
                "simulate",
                scenario.toString(),
                "--seed",
                String.valueOf(seed),
                "--quiet",
                "--out",
                temp.resolve(folder).resolve(name).toString()))
        .isZero();
  }

  @Test
  void runs_finished_areListedComparedAndInTrends() throws Exception {
    simulated("runs", "a", 1);
    simulated(".", "b", 2);

    JsonNode list = get("/api/runs").body().path("runs");
    assertThat(list).hasSize(2);
    JsonNode a = get("/api/runs/a").body();
    JsonNode summary =
        JsonMapper.shared().readTree(Files.readString(temp.resolve("runs/a/summary.json")));
    assertThat(a.path("state").stringValue()).isEqualTo("finished");
    assertThat(a.path("scenario").stringValue()).isEqualTo("twin");
    assertThat(a.path("verdict")).isEqualTo(summary.path("verdict"));
    assertThat(a.path("verdict_reason")).isEqualTo(summary.path("verdict_reason"));
    assertThat(a.path("figures").path("output_tps"))
        .isEqualTo(summary.path("overall").path("rates").path("output_tps"));
    assertThat(a.path("files").toString()).contains("report.html", "summary.json");
    assertThat(a.path("can_stop").booleanValue()).isFalse();

    JsonNode compared = get("/api/compare?run=a&run=b").body();
    assertThat(compared.path("comparison").path("compared")).hasSize(1);
    assertThat(compared.path("why_not").isNull()).isTrue();
    JsonNode ttft = compared.path("series").get(0);
    assertThat(ttft.path("name").stringValue()).isEqualTo("ttft.p50");
    assertThat(ttft.path("values").path("a")).hasSameSizeAs(ttft.path("at"));
    assertThat(ttft.path("values").path("b").get(3).doubleValue()).isBetween(19.0, 22.0);
    for (JsonNode figure : compared.path("figures")) {
      if (figure.path("key").stringValue().equals("ttft.p50")) {
        assertThat(figure.path("unit").stringValue()).isEqualTo("ms");
        assertThat(figure.path("values").get(0))
            .isEqualTo(summary.path("overall").path("latency").path("ttft").path("p50"));
      }
    }
    assertThat(get("/api/compare?run=a").status()).isEqualTo(400);

    JsonNode trends = get("/api/trends?figure=ttft.p50").body();
    assertThat(trends.path("points")).hasSize(2);
    assertThat(trends.path("tags").toString()).isEqualTo("[\"nightly\",\"s1\",\"s2\"]");
    assertThat(
            get("/api/trends?figure=ttft.p50&tag=s2")
                .body()
                .path("points")
                .get(0)
                .path("id")
                .stringValue())
        .isEqualTo("b");

    assertThat(post("/api/runs/a/stop", Map.of()).status()).isEqualTo(409);
    assertThat(get("/api/runs/nothing").status()).isEqualTo(404);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_startedHere_isWatchedStoppedAndJudged() throws Exception {
    Answer begun =
        post("/api/runs", Map.of("scenario", SHORT.formatted("10m"), "tags", List.of("mine")));
    assertThat(begun.status()).as(begun.body().toString()).isEqualTo(201);
    String id = begun.body().path("id").stringValue();
    try {
      List<String> events = new ArrayList<>();
      HttpResponse<InputStream> live =
          http.send(
              HttpRequest.newBuilder(at("/api/runs/" + id + "/live")).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(live.headers().firstValue("Content-Type")).contains("text/event-stream");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
        boolean told = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("event: ")) {
            events.add(line.substring("event: ".length()));
          } else if (line.startsWith("data: ") && events.getLast().equals("second") && !told) {
            told = true;
            JsonNode second = JsonMapper.shared().readTree(line.substring("data: ".length()));
            assertThat(second.path("total_s").doubleValue()).isEqualTo(600);
            assertThat(second.path("seconds").get(0).path("users").intValue()).isEqualTo(5);
            JsonNode run = get("/api/runs/" + id).body();
            assertThat(run.path("state").stringValue()).isEqualTo("running");
            assertThat(run.path("tags").toString()).isEqualTo("[\"mine\"]");
            assertThat(run.path("can_stop").booleanValue()).isTrue();
            assertThat(post("/api/runs/" + id + "/stop", Map.of()).status()).isEqualTo(202);
            // Told twice, its process would end without a report.
            assertThat(post("/api/runs/" + id + "/stop", Map.of()).status()).isEqualTo(202);
          } else if (line.startsWith("data: ") && events.getLast().equals("finished")) {
            assertThat(line).contains("\"verdict\":\"interrupted\"");
          }
        }
      }
      assertThat(events).startsWith("history", "second").endsWith("finished");
      JsonNode run = get("/api/runs/" + id).body();
      assertThat(run.path("verdict").stringValue()).isEqualTo("interrupted");
      assertThat(run.path("files").toString()).contains("report.html");
    } finally {
      end(id);
    }
  }

  private void end(String id) throws Exception {
    JsonNode kept =
        JsonMapper.shared()
            .readTree(
                Files.readString(temp.resolve("started").resolve(id).resolve("process.json")));
    ProcessHandle.of(kept.path("pid").longValue()).ifPresent(ProcessHandle::destroyForcibly);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ProcessHandle.of(kept.path("pid").longValue())
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void start_ofARunThatCannotBegin_tellsWhatItsProcessSaid() throws Exception {
    Files.writeString(temp.resolve("scenarios/prompts.jsonl"), "this is no corpus\n");
    String scenario = "workload: {corpus: {file: prompts.jsonl}}\nload: [{users: 1, for: 1s}]\n";
    Answer answer = post("/api/runs", Map.of("scenario", scenario));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("error").stringValue()).contains("prompts.jsonl");
    assertThat(get("/api/runs").body().path("runs")).isEmpty();
  }

  @Test
  void start_ofAWrongScenario_namesLineAndKey() throws Exception {
    for (String address : List.of("/api/runs", "/api/estimate")) {
      Answer answer =
          post(address, Map.of("scenario", "load: [{users: 1, for: 1s}]\nworkload:\n  mixx: []\n"));
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.body().path("error").stringValue()).contains("scenario.yaml:3:", "mixx");
    }
    assertThat(post("/api/runs", Map.of("scenario", "")).status()).isEqualTo(400);
    assertThat(post("/api/runs", Map.of("scenario", "x", "path", "none.yaml")).status())
        .isEqualTo(404);
    assertThat(Files.exists(temp.resolve("started"))).isFalse();
  }

  @Test
  void start_ofAnExpensiveRun_asksFirst() throws Exception {
    String dear =
        """
        target: {url: "http://example.invalid/v1", model: gpt-4o}
        prices: {input: $10, output: $30}
        workload: {mix: [{name: chat, input: 2000, output: 500}]}
        load: [{rate: 50/s, for: 10m}]
        """;
    Answer asked = post("/api/runs", Map.of("scenario", dear));
    assertThat(asked.status()).isEqualTo(409);
    assertThat(asked.body().path("question").stringValue()).contains("example.invalid");
    assertThat(Files.exists(temp.resolve("started"))).isFalse();

    JsonNode estimate = post("/api/estimate", Map.of("scenario", dear, "budget", "$20")).body();
    assertThat(estimate.path("requests").path("likely").doubleValue())
        .isBetween(29_000.0, 31_000.0);
    assertThat(estimate.path("budget").stringValue()).isEqualTo("20.0 USD");
    assertThat(estimate.path("text").stringValue()).contains("may stop it before its time");
    assertThat(estimate.path("question").stringValue()).contains("example.invalid");
  }

  @Test
  void scenarios_areListedAndRead_withWhatLiesBesideThem() throws Exception {
    Files.writeString(temp.resolve("scenarios/chat/short.yaml"), SHORT.formatted("1s"));
    assertThat(get("/api/scenarios").body().toString())
        .isEqualTo("{\"scenarios\":[{\"name\":\"short\",\"path\":\"chat/short.yaml\"}]}");
    String text = get("/api/scenarios/chat/short.yaml").body().path("text").stringValue();
    assertThat(text).isEqualTo(SHORT.formatted("1s"));
    JsonNode estimate =
        post("/api/estimate", Map.of("scenario", text, "path", "chat/short.yaml")).body();
    assertThat(estimate.path("text").stringValue()).startsWith("candor estimate: short, against");
  }

  @Test
  void mock_onLoopback_tellsItsStateAndTakesFaults() throws Exception {
    try (MockServer mock = MockServer.start(MockOptions.of(MockSettings.DEFAULT, 1).withPort(0))) {
      String url = "http://127.0.0.1:" + URI.create(String.valueOf(mock.baseUrl())).getPort();
      JsonNode state = get("/api/mock?url=" + url).body();
      assertThat(state.path("figures").path("running").doubleValue()).isZero();
      assertThat(state.path("faults")).isEmpty();

      Map<String, Object> stall = Map.of("fault", "stall", "after", 20, "stall_for", "3s");
      assertThat(
              send("PUT", "/api/mock/faults", Map.of("url", url, "faults", List.of(stall)))
                  .status())
          .isEqualTo(200);
      assertThat(
              get("/api/mock?url=" + url).body().path("faults").get(0).path("fault").stringValue())
          .isEqualTo("stall");
      Answer wrong =
          send(
              "PUT", "/api/mock/faults", Map.of("url", url, "text", "faults: [{fault: nonsense}]"));
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.body().path("error").stringValue()).contains("nonsense");
      assertThat(send("DELETE", "/api/mock/faults?url=" + url, Map.of()).status()).isEqualTo(200);
      assertThat(get("/api/mock?url=" + url).body().path("faults")).isEmpty();
    }
  }

  @Test
  void mock_thatIsNone_isSaid() throws Exception {
    String self = "http://127.0.0.1:" + dashboard.port();
    Answer answer = get("/api/mock?url=" + self);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body().path("error").stringValue()).contains("not a mock");
  }
}
