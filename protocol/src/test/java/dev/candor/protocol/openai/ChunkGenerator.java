package dev.candor.protocol.openai;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Draws chunks with odd whitespace, unknown keys, escapes and values of the wrong type. */
final class ChunkGenerator {
  private static final List<String> PIECES =
      List.of(
          "a",
          " ",
          "\u00fc",
          "\u4e16",
          "\ud83d\ude80",
          "\\n",
          "\\\"",
          "\\\\",
          "\\/",
          "\\u00e9",
          "\\ud83d\\ude80",
          "\\uD800",
          "}",
          "]",
          ",",
          ":",
          "data");
  private static final List<String> BLANKS = List.of("", "", "", " ", "\t", "\r\n", "  ");

  private final RandomGenerator random;

  ChunkGenerator(RandomGenerator random) {
    this.random = random;
  }

  String chunk() {
    List<String> fields = new ArrayList<>();
    fields.add(field("choices", array(random.nextInt(3), this::choice)));
    if (random.nextInt(3) == 0) {
      fields.add(field("usage", random.nextInt(4) == 0 ? junk(2) : usage()));
    }
    fields.add(field("x", junk(3)));
    Collections.shuffle(fields, Random.from(random));
    return blank() + object(fields) + blank();
  }

  private String choice() {
    List<String> fields = new ArrayList<>();
    List<String> delta = new ArrayList<>();
    delta.add(field("y", junk(2)));
    if (random.nextBoolean()) {
      delta.add(field("reasoning_content", textOrJunk()));
    }
    if (random.nextInt(3) == 0) {
      delta.add(field("tool_calls", array(random.nextInt(3), this::toolCall)));
    }
    if (random.nextBoolean()) {
      delta.add(field("content", textOrJunk()));
    }
    fields.add(field("delta", random.nextInt(8) == 0 ? junk(1) : object(delta)));
    fields.add(field("finish_reason", textOrJunk()));
    fields.add(field("logprobs", junk(3)));
    Collections.shuffle(fields, Random.from(random));
    return object(fields);
  }

  private String toolCall() {
    return object(
        List.of(
            field("id", text()),
            field("function", object(List.of(field("name", text()), field("arguments", text()))))));
  }

  private String usage() {
    return object(
        List.of(
            field("prompt_tokens", number()),
            field("completion_tokens", number()),
            field("prompt_tokens_details", object(List.of(field("cached_tokens", number()))))));
  }

  private String textOrJunk() {
    return random.nextInt(4) == 0 ? junk(1) : text();
  }

  private String junk(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "false";
      case 3 -> number();
      case 4 -> text();
      case 5 -> array(random.nextInt(3), () -> junk(depth - 1));
      default -> object(List.of(field("k" + depth, junk(depth - 1))));
    };
  }

  private String number() {
    List<String> kinds = List.of("0", "-1", "17", "1.5", "-0.25e-3", "2E+5", "99999999999", "4096");
    return kinds.get(random.nextInt(kinds.size()));
  }

  private String text() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.append('"').toString();
  }

  private String field(String name, String value) {
    return blank() + '"' + name + '"' + blank() + ':' + blank() + value + blank();
  }

  private String object(List<String> fields) {
    return "{" + (fields.isEmpty() ? blank() : String.join(",", fields)) + "}";
  }

  private String array(int size, Supplier<String> element) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(blank() + element.get() + blank());
    }
    return "[" + String.join(",", elements) + "]";
  }

  private String blank() {
    return BLANKS.get(random.nextInt(BLANKS.size()));
  }
}
