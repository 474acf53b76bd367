package dev.candor.app.web;

import dev.candor.app.web.http.Access;
import dev.candor.app.web.http.Refusal;
import dev.candor.base.time.Clock;
import dev.candor.load.server.ServerPage;
import dev.candor.record.ServerMetric;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A mock on this machine, asked in place of a page, which may talk to the dashboard alone. Nothing
 * else is asked: the address must be loopback's, and the answer a mock's; no redirect is followed.
 * Safe for use by any thread.
 */
final class MockProxy implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int LARGEST = 4 << 20;
  private static final int MOST_KEPT = 32;
  private static final String FAULTS = "/admin/faults";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(PATIENCE)
          .build();

  private final Map<URI, Reading> readings = new LinkedHashMap<>();

  /** Of the counter of tokens, for their rate. */
  private record Reading(long nanos, double tokens, @Nullable Double rate) {}

  /** Its figures and the faults in force. */
  Map<String, @Nullable Object> state(@Nullable String url) throws InterruptedException {
    URI mock = loopback(url);
    JsonNode faults = faults(mock, request(mock, FAULTS).GET().build());
    ServerPage page =
        ServerPage.of(body(mock, send(mock, request(mock, "/metrics").GET().build())));
    return Json.members("url", mock.toString(), "figures", figures(mock, page), "faults", faults);
  }

  /** Puts faults in place of all: {@code faults} as a list, or {@code text}, YAML. */
  Map<String, @Nullable Object> put(JsonNode body) throws InterruptedException {
    URI mock = loopback(Json.text(body, "url"));
    String text = Json.text(body, "text");
    String rules =
        text == null
            ? JsonMapper.shared().writeValueAsString(Map.of("faults", body.path("faults")))
            : text;
    if (text == null && !body.path("faults").isArray()) {
      throw Refusal.badRequest("faults: must be a list of faults (docs/faults.md)");
    }
    // That it is a mock is known before anything is sent to it.
    var _ = faults(mock, request(mock, FAULTS).GET().build());
    return Json.members(
        "faults",
        faults(
            mock, request(mock, FAULTS).PUT(HttpRequest.BodyPublishers.ofString(rules)).build()));
  }

  /** Ends all faults. */
  Map<String, @Nullable Object> clear(@Nullable String url) throws InterruptedException {
    URI mock = loopback(url);
    var _ = faults(mock, request(mock, FAULTS).GET().build());
    return Json.members("faults", faults(mock, request(mock, FAULTS).DELETE().build()));
  }

  /** The origin that {@code url} names. */
  static URI loopback(@Nullable String url) {
    try {
      URI uri = new URI(url == null ? "" : url.strip());
      String host = uri.getHost();
      if ("http".equals(uri.getScheme())
          && host != null
          && uri.getUserInfo() == null
          && Access.isLoopback(host)
          && InetAddress.getByName(host).isLoopbackAddress()) {
        return new URI("http", null, host, uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException | UnknownHostException e) {
      // Answered below.
    }
    throw Refusal.badRequest(
        "url: must be a mock's address on this machine, such as http://127.0.0.1:8000");
  }

  private static HttpRequest.Builder request(URI mock, String path) {
    return HttpRequest.newBuilder(mock.resolve(path)).timeout(PATIENCE);
  }

  private JsonNode faults(URI mock, HttpRequest request) throws InterruptedException {
    HttpResponse<InputStream> answer = send(mock, request);
    String body = body(mock, answer);
    try {
      JsonNode root = JsonMapper.shared().readTree(body);
      if (answer.statusCode() == 400) {
        throw new Refusal(422, root.path("error").path("message").stringValue("not a fault"));
      }
      if (answer.statusCode() == 200 && root.path("faults").isArray()) {
        return root.path("faults");
      }
    } catch (JacksonException e) {
      // Answered below.
    }
    throw new Refusal(502, "what listens at %s is not a mock of Candor".formatted(mock));
  }

  private HttpResponse<InputStream> send(URI mock, HttpRequest request)
      throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new Refusal(
          502, "no mock answers at %s; candor mock --port starts one".formatted(mock));
    }
  }

  private static String body(URI mock, HttpResponse<InputStream> answer) {
    try (InputStream in = answer.body()) {
      return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Refusal(502, "%s has broken off its answer".formatted(mock));
    }
  }

  private Map<String, @Nullable Object> figures(URI mock, ServerPage page) {
    Map<ServerMetric, Double> told = page.figures();
    Double queries = told.get(ServerMetric.PREFIX_QUERIES);
    Double hits = told.get(ServerMetric.PREFIX_HITS);
    return Json.members(
        "running", told.get(ServerMetric.RUNNING),
        "waiting", told.get(ServerMetric.WAITING),
        "kv_cache_usage", told.get(ServerMetric.KV_USAGE),
        "prefix_hit_rate",
            queries == null || hits == null || queries <= 0 ? null : (Double) (hits / queries),
        "preemptions", told.get(ServerMetric.PREEMPTIONS),
        "output_tps", rate(mock, told.get(ServerMetric.GENERATION_TOKENS)),
        "requests", page.requests());
  }

  /** Since the reading before, one of at least half a second ago; null: there is none. */
  private synchronized @Nullable Double rate(URI mock, @Nullable Double tokens) {
    if (tokens == null) {
      return null;
    }
    long now = Clock.system().nanoTime();
    Reading before = readings.get(mock);
    double seconds = before == null ? 0 : (now - before.nanos()) / 1e9;
    if (before != null && seconds < 0.5) {
      return before.rate();
    }
    Double rate =
        before == null || tokens < before.tokens()
            ? null
            : (Double) ((tokens - before.tokens()) / seconds);
    if (readings.size() >= MOST_KEPT) {
      readings.clear();
    }
    readings.put(mock, new Reading(now, tokens, rate));
    return rate;
  }

  @Override
  public void close() {
    http.close();
  }
}
