package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JDK's HTTP client against a mock. Thread-safe. */
final class MockClient implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  MockClient(MockServer mock) {
    this.base = mock.baseUrl();
  }

  static String streamed(int maxTokens) {
    return body("\"max_completion_tokens\":%d,\"stream\":true".formatted(maxTokens));
  }

  static String whole(int maxTokens) {
    return body("\"max_completion_tokens\":" + maxTokens);
  }

  /** A request of one message with more {@code fields}. */
  static String body(String fields) {
    return "{\"model\":\"mock-model\",\"messages\":[{\"role\":\"user\",\"content\":\"how are you\"}],%s}"
        .formatted(fields);
  }

  CompletableFuture<HttpResponse<String>> chatLater(String body, String... headers) {
    HttpRequest.Builder request =
        request("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> chat(String body, String... headers) {
    return chatLater(body, headers).join();
  }

  /** The answer to a request that is numbered {@code number}. */
  Answer answer(long number, String body) {
    return Answer.of(chat(body, "x-candor-request", Long.toString(number)));
  }

  HttpResponse<String> post(String path, String body) {
    return http.sendAsync(
            request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString())
        .join();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).header("content-type", "application/json");
  }

  @Override
  public void close() {
    http.close();
  }

  /** A 200's body: the events of a stream, or the one object. */
  record Answer(List<JsonNode> chunks) {
    private static final String PREFIX = "data: ";

    static Answer of(HttpResponse<String> response) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      if (!response.body().startsWith(PREFIX)) {
        return new Answer(List.of(JsonMapper.shared().readTree(response.body())));
      }
      return ofEvents(response.body());
    }

    /** The events of a stream that came to its end. */
    static Answer ofEvents(String body) {
      assertThat(body).endsWith(PREFIX + "[DONE]\n\n");
      return new Answer(
          body.lines()
              .filter(line -> line.startsWith(PREFIX) && !line.endsWith("[DONE]"))
              .map(line -> JsonMapper.shared().readTree(line.substring(PREFIX.length())))
              .toList());
    }

    /** What is said under {@code field}, event by event, those without it left out. */
    List<String> said(String field) {
      return chunks.stream()
          .map(chunk -> chunk.path("choices").path(0))
          .map(choice -> choice.path(choice.has("delta") ? "delta" : "message").path(field))
          .filter(text -> text.isString() && !text.stringValue().isEmpty())
          .map(JsonNode::stringValue)
          .toList();
    }

    String text() {
      return String.join("", said("content"));
    }

    String thought() {
      return String.join("", said("reasoning_content"));
    }

    List<String> finishReasons() {
      return chunks.stream()
          .map(chunk -> chunk.path("choices").path(0).path("finish_reason"))
          .filter(JsonNode::isString)
          .map(JsonNode::stringValue)
          .toList();
    }

    List<JsonNode> usages() {
      return chunks.stream().map(chunk -> chunk.path("usage")).filter(JsonNode::isObject).toList();
    }
  }

  static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split(" ").length;
  }
}
