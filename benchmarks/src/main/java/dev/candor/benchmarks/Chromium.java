package dev.candor.benchmarks;

import dev.candor.base.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page in headless Chromium, told what to do over its own protocol, so that nothing of a test
 * tool is in what is measured. For one thread.
 */
final class Chromium implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final long PATIENCE_SECONDS = 120;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final Path profile;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final Map<Long, Duration> used = new HashMap<>();
  private final String session;
  private int calls;

  /**
   * Starts it with an empty page.
   *
   * @param width of the window in pixels
   * @param height of it
   */
  Chromium(int width, int height) throws IOException, InterruptedException {
    profile = Files.createTempDirectory("candor-chromium");
    process =
        new ProcessBuilder(
                System.getenv().getOrDefault("CANDOR_CHROMIUM", "chromium"),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-extensions",
                "--disable-background-networking",
                "--window-size=%d,%d".formatted(width, height),
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket = http.newWebSocketBuilder().buildAsync(address(), new Messages()).join();
    String target =
        call(null, "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
    session =
        call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asString();
  }

  private URI address() throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return URI.create(listening.group(1));
      }
      said.add(line);
    }
    throw new IOException("chromium did not start: " + String.join("\n", said));
  }

  /** Collects whole messages. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Calls a method of the page's and returns its result. */
  JsonNode call(String method, Map<String, ?> parameters) throws InterruptedException {
    return call(session, method, parameters);
  }

  private JsonNode call(@Nullable String where, String method, Map<String, ?> parameters)
      throws InterruptedException {
    int id = ++calls;
    String text =
        where == null
            ? JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters))
            : JSON.writeValueAsString(
                Map.of("id", id, "method", method, "params", parameters, "sessionId", where));
    var _ = socket.sendText(text, true).join();
    long until = Clock.system().nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      JsonNode message = messages.poll(until - Clock.system().nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new IllegalStateException(
            "%s: no answer within %d s".formatted(method, PATIENCE_SECONDS));
      }
      if (message.path("id").asInt(-1) == id) {
        if (message.has("error")) {
          throw new IllegalStateException(method + ": " + message.path("error"));
        }
        return message.path("result");
      }
    }
  }

  /** What {@code script} comes to, once it has: a promise is awaited. */
  JsonNode evaluate(String script) throws InterruptedException {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  /** CPU time of all its processes so far, of those that have ended as it was last seen. */
  Duration cpu() {
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .forEach(
            each ->
                each.info()
                    .totalCpuDuration()
                    .ifPresent(time -> used.merge(each.pid(), time, Chromium::longer)));
    return used.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    http.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
