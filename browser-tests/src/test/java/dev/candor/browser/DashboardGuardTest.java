package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other sites, other names and other paths get of the dashboard: nothing. */
@ExtendWith(BrowserExtension.class)
final class DashboardGuardTest {
  private static final String SECRET = "the secret beside the data folder";

  /** What a page that means harm would try against the dashboard at BASE. It says what it got. */
  private static final String ATTACK =
      """
      <!doctype html><meta charset=utf-8><title>attack</title>
      <iframe id=frame src="BASE/"></iframe>
      <form id=form method=post enctype=text/plain action="BASE/api/runs/everything/stop" target=sink>
        <input name='{"x":"' value='"}'></form>
      <iframe name=sink></iframe>
      <script>
        window.got = [];
        const note = what => window.got.push(what);
        const asked = (name, request) => request().then(
            async r => note(name + ': ' + r.type + ' ' + r.status + ' ' + (await r.text()).length), () => note(name + ': refused'));
        const start = JSON.stringify({scenario: 'name: planted\\nload: [{users: 1, for: 1s}]', yes: true});
        window.done = Promise.all([
          asked('read', () => fetch('BASE/api/runs')),
          asked('read with cookies', () => fetch('BASE/api/runs', {credentials: 'include'})),
          asked('read report', () => fetch('BASE/runs/everything/files/summary.json')),
          asked('start', () => fetch('BASE/api/runs', {method: 'POST', body: start,
              headers: {'Content-Type': 'application/json', 'X-Candor': '1'}})),
          asked('start as a simple request', () => fetch('BASE/api/runs', {method: 'POST', mode: 'no-cors',
              body: start, headers: {'Content-Type': 'text/plain'}})),
        ]).then(() => document.getElementById('form').submit());
        new EventSource('BASE/api/runs/everything/live').onmessage = () => note('live: heard');
      </script>
      <script src="BASE/api/runs" onload="window.got.push('script: loaded')"></script>
      """;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void otherSite_triesAll_getsNothingAndChangesNothing(String host, Served served, Visits visits)
      throws Exception {
    String before = served.get("/api/runs").body();
    HttpServer other = page(ATTACK.replace("BASE", served.url("")));
    try {
      Visit visit =
          visits.online(
              "http://%s:%d/".formatted(host, other.getAddress().getPort()), Device.LIGHT);
      visit.says("() => window.done");
      visit.page().waitForTimeout(500);

      assertThat(visit.says("() => window.got.join('\\n')").toString().lines())
          .containsExactlyInAnyOrder(
              "read: refused",
              "read with cookies: refused",
              "read report: refused",
              "start: refused",
              "start as a simple request: refused");
      // A frame that was refused is an error page of the browser's own.
      assertThat(visit.page().frames().get(1).content()).doesNotContain("Candor");
      assertThat(served.get("/api/runs").body()).isEqualTo(before);
    } finally {
      other.stop(0);
    }
  }

  private static HttpServer page(String html) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = html.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/runs", "/runs/everything/files/report.html"})
  void name_ofAnotherMachineThatResolvesHere_getsNothing(
      String path, Served served, Visits visits) {
    Visit visit = visits.visit(Device.LIGHT);

    Response answer =
        visit.page().navigate("http://%s:%d%s".formatted(Chromium.REBOUND, served.port(), path));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).doesNotContain("everything");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs/../secret.txt",
        "/runs/..%2fsecret.txt",
        "/runs/everything/files/../../../secret.txt",
        "/runs/everything/files/..%2f..%2f..%2fsecret.txt",
        "/runs/everything/files/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/runs/everything/files/..%5c..%5c..%5csecret.txt",
        "/runs/everything/files/%2fetc%2fpasswd",
        "/runs/everything/files/summary.json%00.html",
        "/runs/linked/files/summary.json",
        "/runs/outside/files/summary.json",
        "/runs/%2e%2e/files/secret.txt",
        "/api/runs/outside",
        "/api/runs/..%2foutside",
        "/api/scenarios/../../secret.txt",
        "/api/scenarios/..%2f..%2fsecret.txt",
        "/api/scenarios/..%2f..%2fsecret.yaml",
        "/api/scenarios/linked.yaml",
        "/api/compare?run=everything&run=../../outside",
        "/assets/..%2f..%2f..%2fMETA-INF/MANIFEST.MF",
        "/assets/../Dashboard.class",
        "//etc/passwd"
      })
  void path_outOfTheFolder_isRefused(String path, Runs runs, Served served) throws Exception {
    plant(runs.all());

    String answer = raw(served.port(), path);

    assertThat(answer).matches("(?s)HTTP/1.1 (400|403|404|422) .*");
    assertThat(answer).doesNotContain(SECRET).doesNotContain("root:");
  }

  /** Files in and beside the data folder, where such paths would lead, and links to them in it. */
  private static void plant(Path data) throws Exception {
    Path outside = data.resolveSibling("outside");
    if (Files.exists(outside)) {
      return;
    }
    Files.createDirectories(outside);
    for (Path folder : List.of(outside, data.resolveSibling(""), data)) {
      for (String name : List.of("secret.txt", "secret.yaml")) {
        Files.writeString(folder.resolve(name), SECRET);
      }
    }
    Files.writeString(outside.resolve("run.json"), SECRET);
    Files.writeString(outside.resolve("summary.json"), SECRET);
    Path runs = data.resolve("runs");
    Files.createSymbolicLink(runs.resolve("outside"), outside);
    Files.createSymbolicLink(data.resolve("scenarios/linked.yaml"), outside.resolve("secret.yaml"));
    Path linked = Files.createDirectory(runs.resolve("linked"));
    Files.copy(runs.resolve("everything/run.json"), linked.resolve("run.json"));
    Files.createSymbolicLink(linked.resolve("summary.json"), outside.resolve("summary.json"));
  }

  /** As it is, which no client library sends. */
  private static String raw(int port, String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                  .formatted(path, port)
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void post_withoutItsHeader_changesNothing(Served served) throws Exception {
    String before = served.get("/api/runs").body();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(served.url("/api/runs")))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"scenario\": \"load: [{users: 1, for: 1s}]\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
    }
    assertThat(served.get("/api/runs").body()).isEqualTo(before);
  }
}
