package dev.candor.corpus.read;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Tells a source's format and framing from its first bytes. */
final class Detection {
  private Detection() {}

  /** Whether the source is a Parquet file. */
  static boolean isParquet(SourceBytes source) {
    return source.limit >= 4
        && new String(source.buffer, 0, 4, StandardCharsets.ISO_8859_1).equals("PAR1");
  }

  /** The first byte that is no space; 0 where there is none. */
  static byte first(SourceBytes source) {
    for (int i = source.position; i < source.limit; i++) {
      if (source.buffer[i] > ' ' || source.buffer[i] < 0) {
        return source.buffer[i];
      }
    }
    return 0;
  }

  /** What the first line holds, as far as the first bytes go. */
  static String firstLine(SourceBytes source) {
    String text =
        new String(
            source.buffer,
            source.position,
            Math.min(source.limit - source.position, 1 << 14),
            StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  /**
   * Whether each line is a record: the first one is an object as a whole, or the second begins one,
   * or the first is longer than anyone breaks lines.
   */
  static boolean isLines(SourceBytes source) {
    if (first(source) != '{') {
      return false;
    }
    int depth = 0;
    boolean inString = false;
    int i = source.position;
    for (; i < source.limit && (source.buffer[i] != '\n' || (depth == 0 && !inString)); i++) {
      byte next = source.buffer[i];
      if (inString) {
        if (next == '\\') {
          i++;
        } else if (next == '"') {
          inString = false;
        }
      } else if (next == '"') {
        inString = true;
      } else if (next == '{' || next == '[') {
        depth++;
      } else if (next == '}' || next == ']') {
        depth--;
        if (depth == 0) {
          return true;
        }
      }
    }
    while (i < source.limit && source.buffer[i] <= ' ' && source.buffer[i] >= 0) {
      i++;
    }
    return i >= source.limit || source.buffer[i] == '{';
  }

  /** The format of JSON records; null where their fields tell none. */
  static @Nullable Format ofJson(SourceBytes source) {
    return ofFields(fields(source));
  }

  /** The format by the names of a record's fields; null where they tell none. */
  static @Nullable Format ofFields(Set<String> names) {
    if (names.contains("resourceSpans") || names.contains("resource_spans")) {
      return Format.OTEL;
    }
    if (names.contains("custom_id")) {
      return Format.BATCH;
    }
    if (names.contains("conversations") || names.contains("conversation")) {
      return Format.SHAREGPT;
    }
    if (names.contains("parent_chat_id")) {
      return Format.BAILIAN;
    }
    if (names.contains("input_length") && names.contains("timestamp")) {
      return Format.MOONCAKE;
    }
    if (names.contains("requests")
        && (names.contains("block_size") || names.contains("hash_id_scope"))) {
      return Format.WEKA;
    }
    boolean started = names.contains("startTime") || names.contains("start_time");
    if (names.contains("call_type")
        || names.contains("spend")
        || names.contains("response_cost")
        || (started && names.contains("prompt_tokens"))) {
      return Format.LITELLM;
    }
    boolean traced = names.contains("traceId") || names.contains("trace_id");
    if ((traced && started && names.contains("type")) || names.contains("observations")) {
      return Format.LANGFUSE;
    }
    for (String name : List.of("messages", "request", "prompt", "input", "choices")) {
      if (names.contains(name)) {
        return Format.OPENAI;
      }
    }
    return null;
  }

  /** The format of a table with these columns; null where they tell none. */
  static @Nullable Format ofColumns(List<String> names) {
    if (LengthColumns.has(names, "ContextTokens") && LengthColumns.has(names, "GeneratedTokens")) {
      return Format.AZURE;
    }
    if (LengthColumns.has(names, "Request tokens") && LengthColumns.has(names, "Response tokens")) {
      return Format.BURSTGPT;
    }
    return LengthColumns.fit(names) ? Format.LENGTHS : null;
  }

  /** Names of the first object's own fields, as far as the first bytes go. */
  private static Set<String> fields(SourceBytes source) {
    Set<String> names = new LinkedHashSet<>();
    try (JsonParser parser =
        JsonText.mapper()
            .createParser(source.buffer, source.position, source.limit - source.position)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          depth++;
        } else if (token == JsonToken.END_OBJECT && --depth == 0) {
          break;
        } else if (token == JsonToken.PROPERTY_NAME && depth == 1) {
          names.add(parser.currentName());
        }
      }
    } catch (JacksonException e) {
      // It is cut off at the buffer's end, or its reader will say what is wrong with it.
    }
    return names;
  }
}
