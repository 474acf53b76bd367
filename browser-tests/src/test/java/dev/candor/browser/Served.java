package dev.candor.browser;

import dev.candor.app.web.Dashboard;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard on loopback, and a client of it that is no browser. */
final class Served implements AutoCloseable {
  private final Dashboard dashboard;
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  static Served of(Path data) {
    return new Served(Dashboard.start(data, "127.0.0.1", 0, null));
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(dashboard.port(), path);
  }

  int port() {
    return dashboard.port();
  }

  /** {@code text} as a part of a path or query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url(path))).build());
  }

  JsonNode json(String path) throws Exception {
    return JsonMapper.shared().readTree(get(path).body());
  }

  /** As the dashboard's own pages send it. */
  HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Content-Type", "application/json")
            .header("X-Candor", "1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What is told of a run, once it is {@code asked} for. */
  JsonNode until(String run, Predicate<JsonNode> asked) {
    String path = "/api/runs/" + encoded(run);
    return Awaitility.await(run)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> json(path), asked);
  }

  JsonNode untilFinished(String run) {
    return until(run, now -> now.path("state").asString().equals("finished"));
  }

  @Override
  public void close() {
    dashboard.close();
    client.close();
  }
}
