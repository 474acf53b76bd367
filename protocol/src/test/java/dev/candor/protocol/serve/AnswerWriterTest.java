package dev.candor.protocol.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds for the writers of all dialects. */
final class AnswerWriterTest {
  private static final TokenUsage USAGE = new TokenUsage(17, 5, 11, 4);
  private static final String HOSTILE = "\"\\\n\r\u0000\u2028é😀\uD83D}";

  private static AnswerWriter writer(Dialect dialect) {
    GenerationRequest request =
        new GenerationRequest(
            "m",
            List.of(),
            0,
            true,
            true,
            false,
            false,
            new ToolDefinition(HOSTILE, "{}"),
            false,
            0);
    return dialect.writer(new AnswerIdentity("x-1", HOSTILE, 7), request);
  }

  static Stream<Arguments> dialectsAndSeeds() {
    return Stream.of(Dialect.values())
        .flatMap(dialect -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(dialect, seed)));
  }

  @ParameterizedTest
  @MethodSource("dialectsAndSeeds")
  void stream_piecesJoined_areTheWholeBodys(Dialect dialect, long seed) {
    RandomGenerator random = new Seed(seed).derive("pieces").stream();
    AnswerWriter streaming = writer(dialect);
    StringBuilder stream = new StringBuilder();
    List<Piece> whole = new ArrayList<>();
    streaming.open(USAGE, stream);
    for (PieceKind kind : PieceKind.values()) {
      StringBuilder all = new StringBuilder();
      for (String text : texts(kind, random)) {
        streaming.piece(kind, text, stream);
        all.append(text);
        if (random.nextInt(4) == 0) {
          streaming.ping(stream);
        }
      }
      whole.add(new Piece(kind, all.toString()));
    }
    streaming.close(Finish.TOOL_CALLS, USAGE, stream);
    assertThat(new String(stream.toString().getBytes(UTF_8), UTF_8)).isEqualTo(stream.toString());
    JsonNode body =
        JsonMapper.shared().readTree(writer(dialect).whole(whole, Finish.TOOL_CALLS, USAGE));

    Map<PieceKind, String> joined = joined(dialect, StreamEvent.of(stream));
    Map<PieceKind, String> held = held(dialect, body);
    assertThat(joined).as("seed %d", seed).isEqualTo(held);
    assertThat(String.join("", held.values()))
        .isEqualTo(String.join("", whole.stream().map(Piece::text).toList()));
  }

  private static List<String> texts(PieceKind kind, RandomGenerator random) {
    if (kind == PieceKind.TOOL_ARGUMENTS) {
      return List.of("{", "\"a\":[1,", "\"é\"", "]}");
    }
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(6); j > 0; j--) {
        text.append(
            random.nextBoolean() ? "plain " : HOSTILE.substring(random.nextInt(HOSTILE.length())));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static Map<PieceKind, String> joined(Dialect dialect, List<StreamEvent> events) {
    Map<PieceKind, String> joined = new EnumMap<>(PieceKind.class);
    for (StreamEvent event : events) {
      switch (dialect) {
        case CHAT -> {
          add(joined, PieceKind.REASONING, event.text("/choices/0/delta/reasoning_content"));
          add(joined, PieceKind.TEXT, event.text("/choices/0/delta/content"));
          add(
              joined,
              PieceKind.TOOL_ARGUMENTS,
              event.text("/choices/0/delta/tool_calls/0/function/arguments"));
        }
        case COMPLETIONS -> add(joined, PieceKind.TEXT, event.text("/choices/0/text"));
        case RESPONSES -> {
          switch (event.name()) {
            case "response.reasoning_summary_text.delta" ->
                add(joined, PieceKind.REASONING, event.text("/delta"));
            case "response.output_text.delta" -> add(joined, PieceKind.TEXT, event.text("/delta"));
            case "response.function_call_arguments.delta" ->
                add(joined, PieceKind.TOOL_ARGUMENTS, event.text("/delta"));
            default -> {}
          }
        }
        case MESSAGES -> {
          add(joined, PieceKind.REASONING, event.text("/delta/thinking"));
          add(joined, PieceKind.TEXT, event.text("/delta/text"));
          add(joined, PieceKind.TOOL_ARGUMENTS, event.text("/delta/partial_json"));
        }
      }
    }
    // The whole message has its input as an object.
    joined.computeIfPresent(
        PieceKind.TOOL_ARGUMENTS,
        (kind, json) ->
            dialect == Dialect.MESSAGES ? JsonMapper.shared().readTree(json).toString() : json);
    return joined;
  }

  private static void add(Map<PieceKind, String> joined, PieceKind kind, String text) {
    if (!text.isEmpty()) {
      joined.merge(kind, text, String::concat);
    }
  }

  private static Map<PieceKind, String> held(Dialect dialect, JsonNode body) {
    Map<PieceKind, String> held = new EnumMap<>(PieceKind.class);
    switch (dialect) {
      case CHAT -> {
        JsonNode message = body.at("/choices/0/message");
        add(held, PieceKind.REASONING, message.path("reasoning_content").asString());
        add(held, PieceKind.TEXT, message.path("content").asString());
        add(
            held,
            PieceKind.TOOL_ARGUMENTS,
            message.at("/tool_calls/0/function/arguments").asString());
      }
      case COMPLETIONS -> add(held, PieceKind.TEXT, body.at("/choices/0/text").asString());
      case RESPONSES -> {
        add(held, PieceKind.REASONING, body.at("/output/0/summary/0/text").asString(""));
        add(held, PieceKind.TEXT, body.at("/output/1/content/0/text").asString(""));
        add(held, PieceKind.TOOL_ARGUMENTS, body.at("/output/2/arguments").asString(""));
      }
      case MESSAGES -> {
        add(held, PieceKind.REASONING, body.at("/content/0/thinking").asString(""));
        add(held, PieceKind.TEXT, body.at("/content/1/text").asString(""));
        add(held, PieceKind.TOOL_ARGUMENTS, body.at("/content/2/input").toString());
      }
    }
    return held;
  }

  @ParameterizedTest
  @EnumSource
  void usage_withheld_isNowhere(Dialect dialect) {
    StringBuilder stream = new StringBuilder();
    AnswerWriter writer = writer(dialect);
    writer.open(null, stream);
    writer.piece(PieceKind.TEXT, "a", stream);
    writer.close(Finish.STOP, null, stream);
    String whole =
        writer(dialect).whole(List.of(new Piece(PieceKind.TEXT, "a")), Finish.STOP, null);
    assertThat(stream + whole).doesNotContain("_tokens\":1", "_tokens\":5");
    assertThat(
            JsonMapper.shared().readTree(whole).path("usage").path("total_tokens").isMissingNode())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void stream_withoutATokenOrWithAnError_isWellFormed(Dialect dialect) {
    StringBuilder stream = new StringBuilder();
    AnswerWriter writer = writer(dialect);
    writer.open(USAGE, stream);
    writer.errorFrame(ServiceError.of(500, HOSTILE), stream);
    writer.close(Finish.STOP, USAGE, stream);
    String type =
        switch (dialect.provider()) {
          case OPENAI -> "server_error";
          case ANTHROPIC -> "api_error";
        };
    List<StreamEvent> errors =
        StreamEvent.of(stream).stream()
            .filter(event -> event.data().toString().contains(type))
            .toList();
    assertThat(errors).hasSize(1);
    String where = dialect == Dialect.RESPONSES ? "/message" : "/error/message";
    assertThat(errors.getFirst().text(where)).isEqualTo(HOSTILE);
  }

  @ParameterizedTest
  @EnumSource
  void events_withANameHaveItsType(Dialect dialect) {
    StringBuilder stream = new StringBuilder();
    AnswerWriter writer = writer(dialect);
    writer.open(USAGE, stream);
    for (PieceKind kind : PieceKind.values()) {
      writer.piece(kind, "a", stream);
    }
    writer.errorFrame(ServiceError.of(500, "m"), stream);
    writer.close(Finish.LENGTH, USAGE, stream);
    boolean named = dialect == Dialect.RESPONSES || dialect == Dialect.MESSAGES;
    assertThat(StreamEvent.of(stream))
        .allSatisfy(event -> assertThat(event.name()).isEqualTo(named ? event.text("/type") : ""));
  }
}
