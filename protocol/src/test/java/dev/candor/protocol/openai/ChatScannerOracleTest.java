package dev.candor.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scanner against a tree parser, on chunks that a seeded generator draws and mutates. */
final class ChatScannerOracleTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final List<String> INVALID = List.of("invalid");

  private final ChatScanner scanner = new ChatScanner("delta");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void scan_validChunks_equalsTree(long seed) {
    RandomGenerator random = new Seed(seed).derive("valid").stream();
    for (int round = 0; round < 2_000; round++) {
      byte[] chunk = new ChunkGenerator(random).chunk().getBytes(UTF_8);
      List<String> expected = expected(chunk);
      assertThat(expected).isNotEqualTo(INVALID);
      assertThat(scanned(chunk))
          .as("seed %d round %d: %s", seed, round, new String(chunk, UTF_8))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void scan_mutatedChunks_agreesOnValidity(long seed) {
    RandomGenerator random = new Seed(seed).derive("mutated").stream();
    int valid = 0;
    for (int round = 0; round < 4_000; round++) {
      byte[] chunk = new ChunkGenerator(random).chunk().getBytes(UTF_8);
      chunk[random.nextInt(chunk.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) "{}[],:\"\\0e-. ".charAt(random.nextInt(13));
      List<String> expected = expected(chunk);
      valid += expected.equals(INVALID) ? 0 : 1;
      assertThat(scanned(chunk))
          .as("seed %d round %d: %s", seed, round, new String(chunk, UTF_8))
          .isEqualTo(expected);
    }
    assertThat(valid).isBetween(200, 3_800);
  }

  private List<String> scanned(byte[] chunk) {
    HeardResponse heard = new HeardResponse();
    try {
      scanner.scan(chunk, 0, chunk.length, false);
    } catch (JsonSyntaxException e) {
      return INVALID;
    }
    scanner.tell(heard);
    return heard.calls;
  }

  private static List<String> expected(byte[] chunk) {
    JsonNode root;
    try {
      root = MAPPER.readTree(UTF_8.newDecoder().decode(ByteBuffer.wrap(chunk)).toString());
    } catch (CharacterCodingException | JacksonException e) {
      return INVALID;
    }
    if (!root.isObject()) {
      return INVALID;
    }
    HeardResponse heard = new HeardResponse();
    StringBuilder text = new StringBuilder();
    String kind = null;
    String finish = null;
    for (JsonNode choice : elements(root.get("choices"))) {
      JsonNode delta = choice.path("delta");
      JsonNode reason = choice.path("finish_reason");
      finish = reason.isString() && !reason.stringValue().isEmpty() ? reason.stringValue() : finish;
      // The generator writes these keys in this order, among others.
      kind = append(text, kind, "REASONING", delta.path("reasoning_content"));
      for (JsonNode call : elements(delta.get("tool_calls"))) {
        kind = append(text, kind, "TOOL_CALL", call.path("function").path("name"));
        kind = append(text, kind, "TOOL_CALL", call.path("function").path("arguments"));
      }
      kind = append(text, kind, "ANSWER", delta.path("content"));
    }
    if (kind != null) {
      heard.calls.add("text " + kind + " " + text);
    }
    JsonNode usage = root.path("usage");
    int prompt = count(usage.path("prompt_tokens"));
    int completion = count(usage.path("completion_tokens"));
    if (prompt >= 0 || completion >= 0) {
      heard.onUsage(
          prompt, count(usage.path("prompt_tokens_details").path("cached_tokens")), completion, -1);
    }
    if (finish != null) {
      heard.onFinish(finish);
    }
    return heard.calls;
  }

  private static @Nullable String append(
      StringBuilder text, @Nullable String kind, String own, JsonNode value) {
    if (!value.isString() || value.stringValue().isEmpty()) {
      return kind;
    }
    text.append(value.stringValue());
    List<String> ranks = List.of("REASONING", "TOOL_CALL", "ANSWER");
    return kind == null || ranks.indexOf(own) > ranks.indexOf(kind) ? own : kind;
  }

  private static List<JsonNode> elements(@Nullable JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    if (array != null && array.isArray()) {
      array.forEach(elements::add);
    }
    return elements;
  }

  private static int count(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0
        ? node.intValue()
        : -1;
  }
}
