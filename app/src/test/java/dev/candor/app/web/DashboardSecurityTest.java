package dev.candor.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard must not give, and to whom. */
final class DashboardSecurityTest {
  private static final String SECRET = "what nobody may read";
  private static final String[] OURS = {"Content-Type: application/json", "X-Candor: 1"};

  @TempDir Path temp;
  private Path data;
  private Dashboard dashboard;

  @BeforeEach
  void start() throws IOException {
    data = Files.createDirectories(temp.resolve("data"));
    Path run = Files.createDirectories(data.resolve("runs/good"));
    Files.writeString(run.resolve("run.json"), "{}");
    Files.writeString(run.resolve("report.html"), "<p>the report</p>");
    Files.writeString(run.resolve("notes.txt"), SECRET);
    Files.createDirectories(data.resolve("scenarios"));
    Files.writeString(data.resolve("scenarios/a.yaml"), "load: []");
    Files.writeString(data.resolve("scenarios/.hidden.yaml"), SECRET);
    Path outside = Files.createDirectories(temp.resolve("outside/run"));
    Files.writeString(outside.resolve("run.json"), "{}");
    Files.writeString(outside.resolve("report.html"), SECRET);
    Files.writeString(outside.resolve("s.yaml"), SECRET);
    Files.createSymbolicLink(data.resolve("runs/linked"), outside);
    Path poisoned = Files.createDirectories(data.resolve("runs/poisoned"));
    Files.writeString(poisoned.resolve("run.json"), "{}");
    Files.writeString(poisoned.resolve("report.html"), SECRET);
    Files.createSymbolicLink(poisoned.resolve("summary.json"), outside.resolve("report.html"));
    Files.createSymbolicLink(data.resolve("scenarios/linked.yaml"), outside.resolve("s.yaml"));
    Files.createSymbolicLink(data.resolve("scenarios/more"), outside);
    dashboard = Dashboard.start(data, "127.0.0.1", 0, null);
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }

  @Test
  void get_ofARunsReport_isThereInASandbox() throws IOException {
    Raw report = Raw.ask(dashboard.port(), "GET /runs/good/files/report.html");
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.body()).isEqualTo("<p>the report</p>");
    assertThat(report.head())
        .contains("content-security-policy: sandbox allow-scripts allow-downloads;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs/linked/files/report.html",
        "/runs/good/files/summary.json",
        "/runs/poisoned/files/summary.json",
        "/runs/poisoned/files/report.html",
        "/api/runs/poisoned",
        "/runs/good/files/notes.txt",
        "/runs/good/files/../../../../outside/run/report.html",
        "/runs/good/files/..%2f..%2f..%2f..%2foutside%2frun%2freport.html",
        "/runs/../../outside/run/files/report.html",
        "/runs/%2e%2e/files/report.html",
        "/runs/..%2f..%2foutside%2frun/files/report.html",
        "/runs/%2e%2e%2f%2e%2e%2foutside%2frun/files/report.html",
        "/runs/..%5c..%5coutside%5crun/files/report.html",
        "/runs/good%00/files/report.html",
        "/runs/good/files/report.html%00.txt",
        "/runs//files/report.html",
        "/api/runs/linked",
        "/api/runs/..",
        "/api/runs/%2e",
        "/api/scenarios/linked.yaml",
        "/api/scenarios/.hidden.yaml",
        "/api/scenarios/more/s.yaml",
        "/api/scenarios/../../outside/run/s.yaml",
        "/api/scenarios/%2e%2e/%2e%2e/outside/run/s.yaml",
        "/api/scenarios/..%2f..%2foutside%2frun%2fs.yaml",
        "/api/scenarios//etc/passwd",
        "/api/scenarios/%2fetc%2fpasswd",
        "/assets/../http/WebServer.class",
        "/assets/Dashboard.class",
        "/assets/%2e%2e%2fDashboard.class",
        "/assets/..%2f..%2f..%2f..%2flogback.xml",
        "/api/compare?run=good&run=../../outside/run",
        "/api/compare?run=good&run=linked"
      })
  void get_ofWhatIsNotShown_tellsNothingOfIt(String address) throws IOException {
    Raw answer = Raw.ask(dashboard.port(), "GET " + address);
    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.body()).doesNotContain(SECRET);
    assertGuarded(answer);
  }

  @Test
  void list_leavesOutWhatLiesElsewhere() throws IOException {
    assertThat(Raw.ask(dashboard.port(), "GET /api/runs").body())
        .contains("\"good\"")
        .doesNotContain("linked");
    assertThat(Raw.ask(dashboard.port(), "GET /api/scenarios").body())
        .contains("a.yaml")
        .doesNotContain("linked")
        .doesNotContain("hidden")
        .doesNotContain("s.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: evil.example", "Host: 127.0.0.1.evil.example:80", "Host: "})
  void get_forAnotherHost_isRefused(String host) throws IOException {
    for (String address :
        List.of("/", "/api/runs", "/runs/good/files/report.html", "/assets/run.js")) {
      Raw answer = Raw.ask(dashboard.port(), "GET " + address, host);
      assertThat(answer.status()).isEqualTo(403);
      assertGuarded(answer);
    }
  }

  @Test
  void post_fromAnotherSite_isRefusedAndChangesNothing() throws IOException {
    List<String> before = all();
    String start = "{\"scenario\": \"load: [{users: 1, for: 1s}]\", \"yes\": true}";
    List<String[]> foreign =
        List.of(
            new String[] {OURS[0], OURS[1], "Origin: http://evil.example"},
            new String[] {OURS[0], OURS[1], "Origin: null"},
            new String[] {OURS[0], OURS[1], "Sec-Fetch-Site: cross-site"},
            new String[] {OURS[0], OURS[1], "Sec-Fetch-Site: same-site"},
            new String[] {OURS[0]},
            new String[] {"Content-Type: text/plain", "Origin: http://evil.example"});
    for (String[] headers : foreign) {
      for (String address : List.of("/api/runs", "/api/runs/good/stop", "/api/estimate")) {
        Raw answer = Raw.post(dashboard.port(), address, start, headers);
        assertThat(answer.status()).as(String.join(", ", headers)).isEqualTo(403);
        assertGuarded(answer);
      }
    }
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void options_fromAnotherSite_getsNoLeave() throws IOException {
    Raw answer =
        Raw.ask(
            dashboard.port(),
            "OPTIONS /api/runs",
            "Origin: http://evil.example",
            "Access-Control-Request-Headers: x-candor");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.head()).doesNotContain("access-control");
  }

  @Test
  void post_asAForm_isRefused() throws IOException {
    assertThat(
            Raw.post(
                    dashboard.port(),
                    "/api/runs",
                    "scenario=x",
                    "Content-Type: application/x-www-form-urlencoded",
                    "X-Candor: 1")
                .status())
        .isEqualTo(415);
  }

  @Test
  void post_ofMoreThanAMebibyte_isRefused() throws IOException {
    String body = "{\"scenario\": \"" + "x".repeat(1 << 20) + "\"}";
    assertThat(Raw.post(dashboard.port(), "/api/estimate", body, OURS).status()).isEqualTo(413);
  }

  @Test
  void get_ofEverything_changesNothing() throws IOException {
    List<String> before = all();
    for (String address :
        List.of(
            "/",
            "/start",
            "/runs/good",
            "/api/runs",
            "/api/runs/good",
            "/api/runs/good/stop",
            "/api/estimate",
            "/api/trends",
            "/api/scenarios",
            "/api/mock/faults?url=http://127.0.0.1:1")) {
      assertGuarded(Raw.ask(dashboard.port(), "GET " + address));
    }
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void start_ofAScenarioWithFilesElsewhere_isRefused() throws IOException {
    for (String scenario :
        List.of(
            "workload: {corpus: {file: /etc/passwd}}",
            "prices: {file: ../../outside/run/s.yaml}",
            "target: {tls: {ca: linked.yaml}}",
            "target: {mock: {truth: /tmp/out-of-the-folder.jsonl}}",
            "target: {mock: {profile: ../../outside/run/s.yaml}}",
            "workload: {tokenizer: /etc/hostname}",
            "publish: {influx: ../../outside/figures.lp}",
            "publish: {influx: {file: /tmp/out-of-the-folder.lp}}",
            "production: linked.yaml")) {
      String text = scenario + "\\nload: [{users: 1, for: 1s}]";
      Raw answer =
          Raw.post(dashboard.port(), "/api/estimate", "{\"scenario\": \"" + text + "\"}", OURS);
      assertThat(answer.status()).as(scenario).isEqualTo(422);
      assertThat(answer.body())
          .as(scenario)
          .contains("outside of")
          .doesNotContain(SECRET)
          .doesNotContain("root:");
    }
  }

  @Test
  void mock_elsewhere_isNotAsked() throws IOException {
    for (String url :
        List.of(
            "http://example.com",
            "http://127.0.0.1.evil.example",
            "https://127.0.0.1:8000",
            "file:///etc/passwd",
            "http://user@127.0.0.1:80",
            "http://127.0.0.1%40evil.example",
            "http://169.254.169.254/",
            "http://[::ffff:8.8.8.8]/",
            "http://0.0.0.0:8000",
            "")) {
      assertThat(
              Raw.ask(
                      dashboard.port(),
                      "GET /api/mock?url=" + url.replace("[", "%5B").replace("]", "%5D"))
                  .status())
          .as(url)
          .isEqualTo(400);
    }
  }

  @Test
  void withAToken_nothingIsToldWithoutIt() throws IOException {
    String token = "0123456789abcdef-token";
    try (Dashboard guarded = Dashboard.start(data, "127.0.0.1", 0, token)) {
      int port = guarded.port();
      for (String address :
          List.of(
              "/",
              "/api/runs",
              "/assets/run.js",
              "/runs/good/files/report.html",
              "/?token=wrong",
              "/api/runs?token=" + token)) {
        Raw answer = Raw.ask(port, "GET " + address);
        assertThat(answer.status()).as(address).isEqualTo(401);
        assertThat(answer.head()).doesNotContain("set-cookie");
        assertGuarded(answer);
      }
      assertThat(Raw.post(port, "/api/runs", "{}", OURS).status()).isEqualTo(401);

      Raw first = Raw.ask(port, "GET /compare?run=a%22%3E%3Cb&token=" + token + "&run=c");
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.body())
          .contains("url=/compare?run=a%22%3E%3Cb&amp;run=c\"")
          .doesNotContain(token);
      assertThat(first.head()).contains("referrer-policy: no-referrer");
      String cookie =
          first
              .head()
              .lines()
              .filter(line -> line.startsWith("set-cookie: "))
              .findFirst()
              .orElseThrow();
      String pair = cookie.substring("set-cookie: ".length(), cookie.indexOf(';'));
      assertThat(Raw.ask(port, "GET /api/runs", "Cookie: " + pair).status()).isEqualTo(200);
      assertThat(Raw.ask(port, "GET /api/runs", "Authorization: Bearer " + token).status())
          .isEqualTo(200);
      assertThat(Raw.ask(port, "GET /?token=" + token, "Cookie: " + pair).body())
          .contains("url=/\"");
    }
  }

  private static void assertGuarded(Raw answer) {
    assertThat(answer.head())
        .contains("content-security-policy: ")
        .contains("frame-ancestors 'self'")
        .contains("default-src 'none'")
        .contains("x-content-type-options: nosniff")
        .contains("referrer-policy: no-referrer");
  }

  private List<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      return new ArrayList<>(files.map(Path::toString).sorted().toList());
    }
  }
}
