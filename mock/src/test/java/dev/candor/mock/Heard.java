package dev.candor.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.protocol.serve.Dialect;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What came over a connection in answer to one request.
 *
 * @param head empty where nothing came
 * @param chunks of a chunked body, as they were written; a body of known length is one
 * @param end how it ended
 */
record Heard(Dialect dialect, String head, List<byte[]> chunks, End end) {

  enum End {
    /** With all that was promised. */
    WHOLE,
    /** Closed before that. */
    CLOSED,
    RESET,
    /** Still open, and nothing more came. */
    SILENT
  }

  /** An event of a stream; its data is missing where it is not JSON. */
  record Event(String name, String text, JsonNode data) {
    String at(String pointer) {
      return data.at(pointer).asString("");
    }
  }

  static Heard of(Dialect dialect, byte[] bytes, End end) {
    String all = new String(bytes, ISO_8859_1);
    int body = all.indexOf("\r\n\r\n");
    if (body < 0) {
      return new Heard(dialect, all, List.of(), end);
    }
    String head = all.substring(0, body).toLowerCase(Locale.ROOT);
    byte[] rest = Arrays.copyOfRange(bytes, body + 4, bytes.length);
    if (!head.contains("transfer-encoding: chunked")) {
      Heard whole = new Heard(dialect, head, List.of(rest), end);
      boolean complete = whole.header("content-length").equals(Integer.toString(rest.length));
      return new Heard(dialect, head, List.of(rest), complete ? End.WHOLE : end);
    }
    List<byte[]> chunks = new ArrayList<>();
    String left = new String(rest, ISO_8859_1);
    int at = 0;
    for (int line = left.indexOf("\r\n"); line >= 0; line = left.indexOf("\r\n", at)) {
      int length = Integer.parseInt(left.substring(at, line), 16);
      if (length == 0) {
        return new Heard(dialect, head, chunks, End.WHOLE);
      }
      chunks.add(Arrays.copyOfRange(rest, line + 2, line + 2 + length));
      at = line + 2 + length + 2;
    }
    return new Heard(dialect, head, chunks, end);
  }

  /** 0: there was no response. */
  int status() {
    return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
  }

  /** Empty where there is none. */
  String header(String name) {
    return head.lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(all::writeBytes);
    return all.toByteArray();
  }

  String body() {
    return new String(bytes(), UTF_8);
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(body());
  }

  boolean isStream() {
    return header("content-type").startsWith("text/event-stream");
  }

  /** Without pings and the end mark. */
  List<Event> events() {
    return Arrays.stream(body().split("\n\n"))
        .filter(event -> event.contains("data: ") && !event.equals("data: [DONE]"))
        .map(Heard::event)
        .toList();
  }

  /** What had come before {@code event}. */
  Heard upTo(Event event) {
    String before = body().substring(0, body().indexOf(event.text() + "\n\n"));
    return new Heard(dialect, head, List.of(before.getBytes(UTF_8)), End.CLOSED);
  }

  private static Event event(String text) {
    String name = "";
    String data = "";
    for (String line : text.split("\n")) {
      if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      }
    }
    JsonNode json = MissingNode.getInstance();
    try {
      json = JsonMapper.shared().readTree(data);
    } catch (JacksonException e) {
      // That is what its reader wants to know.
    }
    return new Event(name, text, json);
  }

  long pings() {
    return Arrays.stream(body().split("\n\n"))
        .filter(event -> event.startsWith(": ") || event.startsWith("event: ping\n"))
        .count();
  }

  /** The texts that carry tokens, as they came; a body's in one. */
  List<String> pieces() {
    if (isStream()) {
      String where =
          switch (dialect) {
            case CHAT -> "/choices/0/delta/content";
            case COMPLETIONS -> "/choices/0/text";
            case RESPONSES -> "/delta";
            case MESSAGES -> "/delta/text";
          };
      return events().stream()
          .map(event -> event.at(where))
          .filter(text -> !text.isEmpty())
          .toList();
    }
    return List.of(
        json()
            .at(
                switch (dialect) {
                  case CHAT -> "/choices/0/message/content";
                  case COMPLETIONS -> "/choices/0/text";
                  case RESPONSES -> "/output/0/content/0/text";
                  case MESSAGES -> "/content/0/text";
                })
            .asString());
  }

  String text() {
    return String.join("", pieces());
  }

  /** Whether a stream had what ends it in its dialect; true for a whole body. */
  boolean hasEndEvent() {
    return !isStream()
        || switch (dialect) {
          case CHAT, COMPLETIONS -> body().endsWith("data: [DONE]\n\n");
          case RESPONSES -> body().contains("event: response.incomplete\n");
          case MESSAGES ->
              body().endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        };
  }

  /** The last usage that was told; a missing node where none was. */
  JsonNode usage() {
    List<JsonNode> told =
        (isStream() ? events().stream().map(Event::data).toList() : List.of(json()))
            .stream()
                .map(data -> data.has("response") ? data.path("response") : data)
                .map(data -> data.path("usage"))
                .filter(JsonNode::isObject)
                .toList();
    return told.isEmpty() ? MissingNode.getInstance() : told.getLast();
  }

  int outputTokens() {
    return usage().path(isOfCompletions() ? "completion_tokens" : "output_tokens").intValue();
  }

  int cachedTokens() {
    return switch (dialect) {
      case CHAT, COMPLETIONS -> usage().at("/prompt_tokens_details/cached_tokens").intValue();
      case RESPONSES -> usage().at("/input_tokens_details/cached_tokens").intValue();
      case MESSAGES ->
          isStream()
              ? events().getFirst().data().at("/message/usage/cache_read_input_tokens").intValue()
              : usage().path("cache_read_input_tokens").intValue();
    };
  }

  private boolean isOfCompletions() {
    return dialect == Dialect.CHAT || dialect == Dialect.COMPLETIONS;
  }

  /** An answer of so many tokens, from head to end event. */
  void assertWell(int tokens) {
    assertThat(status()).as(body()).isEqualTo(200);
    assertThat(end).isEqualTo(End.WHOLE);
    assertThat(hasEndEvent()).as(body()).isTrue();
    assertThat(MockClient.words(text())).isEqualTo(tokens);
    assertThat(outputTokens()).as(body()).isEqualTo(tokens);
  }
}
