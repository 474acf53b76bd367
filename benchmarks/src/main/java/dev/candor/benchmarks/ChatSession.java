package dev.candor.benchmarks;

import dev.candor.base.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation that sends all that was said before, in a closed loop with a time to think. <b>For
 * one thread at a time.</b>
 */
final class ChatSession {
  private static final int FIRST_TOKENS = 12_000;
  private static final int QUESTION_TOKENS = 150;
  private static final int ANSWER_TOKENS = 100;
  private static final int THINK_MILLIS = 2_000;
  private static final int APART_MILLIS = 400;
  private static final String DATA = "data: {";

  private final HttpClient http;
  private final URI endpoint;
  private final Clock clock;
  private final ScheduledExecutorService threads;
  private final StringBuilder messages = new StringBuilder();
  private final List<Long> ttftNanos = new ArrayList<>();
  private final CompletableFuture<List<Long>> done = new CompletableFuture<>();
  private int turnsLeft;

  private ChatSession(
      HttpClient http,
      URI endpoint,
      Clock clock,
      ScheduledExecutorService threads,
      int number,
      int turns) {
    this.http = http;
    this.endpoint = endpoint;
    this.clock = clock;
    this.threads = threads;
    this.turnsLeft = turns;
    say("user", number + " x".repeat(FIRST_TOKENS - 1));
  }

  /** Tokens of a conversation at its end. */
  static int longestTokens(int turns) {
    return FIRST_TOKENS + turns * (QUESTION_TOKENS + ANSWER_TOKENS);
  }

  /** The TTFT of every turn but the first, whose prompt nobody can have cached. */
  static List<Long> run(HttpClient http, URI base, int sessions, int turns, Clock clock) {
    try (ScheduledExecutorService threads = Executors.newScheduledThreadPool(sessions)) {
      URI endpoint = base.resolve("/v1/chat/completions");
      List<ChatSession> all =
          IntStream.range(0, sessions)
              .mapToObj(i -> new ChatSession(http, endpoint, clock, threads, i, turns))
              .toList();
      for (int i = 0; i < sessions; i++) {
        all.get(i).turnAfter((long) i * APART_MILLIS);
      }
      return all.stream().flatMap(session -> session.done.join().stream()).toList();
    }
  }

  private void turnAfter(long millis) {
    threads.schedule(this::turn, millis, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    try {
      ask();
      turnsLeft--;
      if (turnsLeft > 0) {
        say("user", "y" + " y".repeat(QUESTION_TOKENS - 1));
        turnAfter(THINK_MILLIS);
      } else {
        done.complete(ttftNanos.subList(1, ttftNanos.size()));
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void say(String role, String text) {
    messages
        .append(messages.isEmpty() ? "" : ",")
        .append("{\"role\":\"%s\",\"content\":\"%s\"}".formatted(role, text));
  }

  private void ask() throws IOException, InterruptedException {
    String body =
        "{\"model\":\"m\",\"stream\":true,\"ignore_eos\":true,\"max_tokens\":%d,\"messages\":[%s]}"
            .formatted(ANSWER_TOKENS, messages);
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    long start = clock.nanoTime();
    StringBuilder answer = new StringBuilder();
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        if (line.startsWith(DATA)) {
          String text = text(line);
          if (answer.isEmpty() && !text.isEmpty()) {
            ttftNanos.add(clock.nanoTime() - start);
          }
          answer.append(text);
        }
      }
    }
    if (answer.isEmpty()) {
      throw new IOException("an answer without text; is the context too long?");
    }
    say("assistant", answer.toString());
  }

  private static String text(String line) {
    JsonNode content =
        JsonMapper.shared()
            .readTree(line.substring(DATA.length() - 1))
            .path("choices")
            .path(0)
            .path("delta")
            .path("content");
    return content.isString() ? content.stringValue() : "";
  }
}
