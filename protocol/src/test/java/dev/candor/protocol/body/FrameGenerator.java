package dev.candor.protocol.body;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Draws frames of the dialects with odd whitespace, unknown, doubled and missing keys, escapes and
 * values of the wrong type. What a frame is made of and what its scalars say are drawn apart, so
 * that frames may repeat each other but for their scalars, as a server's do.
 */
final class FrameGenerator {
  private static final List<String> PIECES =
      List.of(
          "a",
          " ",
          "the quick brown fox",
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
  private static final List<String> BLANKS = List.of("", "", "", "", " ", "\t", "\r\n", "  ", "\n");
  private static final List<String> NUMBERS =
      List.of("0", "-1", "17", "18", "1.5", "-0.25e-3", "2E+5", "99999999999", "4096", "7");
  private static final List<String> RESPONSE_TYPES =
      List.of(
          "response.output_text.delta",
          "response.output_text.delta",
          "response.refusal.delta",
          "response.reasoning_text.delta",
          "response.reasoning_summary_text.delta",
          "response.function_call_arguments.delta",
          "response.output_text.done",
          "response.created",
          "response.in_progress",
          "response.completed",
          "response.incomplete",
          "response.failed",
          "keepalive",
          "error");
  private static final List<String> MESSAGE_TYPES =
      List.of(
          "content_block_delta",
          "content_block_delta",
          "content_block_delta",
          "content_block_start",
          "message_start",
          "message_delta",
          "message_stop",
          "ping",
          "error");

  private final RandomGenerator shape;
  private final RandomGenerator values;

  /**
   * @param shape what a frame is made of
   * @param values what its scalars say
   */
  FrameGenerator(RandomGenerator shape, RandomGenerator values) {
    this.shape = shape;
    this.values = values;
  }

  String chat() {
    return choices(
        () -> {
          List<String> delta = new ArrayList<>();
          maybe(2, delta, "y", () -> junk(2));
          maybe(3, delta, "role", this::text);
          maybe(3, delta, "reasoning_content", this::textOrJunk);
          maybe(5, delta, "reasoning", this::textOrJunk);
          maybe(8, delta, "refusal", this::textOrJunk);
          maybe(4, delta, "tool_calls", () -> array(shape.nextInt(3), this::toolCall));
          if (shape.nextInt(4) > 0) {
            delta.add(field("content", textOrJunk()));
          }
          return field("delta", one(8) ? junk(1) : object(delta));
        });
  }

  String completion() {
    return choices(() -> field("text", textOrJunk()));
  }

  private String choices(Supplier<String> text) {
    List<String> fields = new ArrayList<>();
    fields.add(
        field(
            "choices",
            one(8)
                ? junk(1)
                : array(
                    one(3) ? shape.nextInt(3) : 1,
                    () -> {
                      List<String> choice = new ArrayList<>();
                      choice.add(text.get());
                      maybe(2, choice, "index", this::number);
                      maybe(3, choice, "logprobs", () -> junk(3));
                      choice.add(field("finish_reason", one(8) ? textOrJunk() : "null"));
                      return object(choice);
                    })));
    maybe(2, fields, "id", this::text);
    maybe(2, fields, "created", this::number);
    maybe(4, fields, "object", () -> one(6) ? "\"error\"" : "\"chunk\"");
    maybe(6, fields, "usage", () -> one(4) ? junk(2) : usage("prompt", "completion"));
    maybe(10, fields, "error", this::error);
    maybe(10, fields, "message", this::textOrJunk);
    maybe(3, fields, "x", () -> junk(3));
    return blank() + object(fields) + blank();
  }

  private String toolCall() {
    return object(
        field("id", text()),
        field("function", object(field("name", textOrJunk()), field("arguments", text()))));
  }

  private String usage(String input, String output) {
    List<String> fields = new ArrayList<>();
    maybe(1, fields, input + "_tokens", this::number);
    maybe(1, fields, output + "_tokens", this::number);
    maybe(2, fields, input + "_tokens_details", this::inputDetails);
    maybe(3, fields, "prompt_cache_hit_tokens", this::number);
    maybe(3, fields, output + "_tokens_details", () -> object(field("reasoning_tokens", number())));
    return object(fields);
  }

  private String inputDetails() {
    List<String> fields = new ArrayList<>();
    fields.add(field("cached_tokens", number()));
    maybe(2, fields, "cache_write_tokens", this::number);
    return object(fields);
  }

  private String error() {
    return one(3)
        ? textOrJunk()
        : object(
            field("code", one(2) ? number() : textOrJunk()),
            field("type", textOrJunk()),
            field("message", textOrJunk()));
  }

  String response() {
    List<String> fields = new ArrayList<>();
    fields.add(field("type", one(20) ? junk(1) : '"' + pick(RESPONSE_TYPES) + '"'));
    maybe(1, fields, "sequence_number", this::number);
    maybe(2, fields, "item_id", this::text);
    maybe(3, fields, "obfuscation", this::text);
    maybe(1, fields, "delta", this::textOrJunk);
    maybe(
        6,
        fields,
        "response",
        () -> {
          List<String> parts = new ArrayList<>();
          maybe(2, parts, "usage", () -> usage("input", "output"));
          maybe(2, parts, "status", () -> '"' + pick(List.of("completed", "failed", "x")) + '"');
          maybe(3, parts, "incomplete_details", () -> object(field("reason", textOrJunk())));
          maybe(3, parts, "error", this::error);
          maybe(2, parts, "output", () -> junk(3));
          return object(parts);
        });
    maybe(10, fields, "code", this::textOrJunk);
    maybe(10, fields, "message", this::textOrJunk);
    return blank() + object(fields) + blank();
  }

  String message() {
    List<String> fields = new ArrayList<>();
    fields.add(field("type", one(20) ? junk(1) : '"' + pick(MESSAGE_TYPES) + '"'));
    maybe(1, fields, "index", this::number);
    List<String> delta = new ArrayList<>();
    maybe(1, delta, "type", this::text);
    delta.add(
        field(
            pick(List.of("text", "text", "thinking", "partial_json", "signature", "stop_reason")),
            textOrJunk()));
    fields.add(field("delta", object(delta)));
    maybe(8, fields, "usage", () -> one(5) ? junk(1) : messageUsage());
    maybe(8, fields, "message", () -> object(field("id", text()), field("usage", messageUsage())));
    maybe(15, fields, "error", this::error);
    return blank() + object(fields) + blank();
  }

  private String messageUsage() {
    List<String> fields = new ArrayList<>();
    maybe(2, fields, "input_tokens", this::number);
    maybe(2, fields, "cache_read_input_tokens", this::number);
    maybe(2, fields, "cache_creation_input_tokens", this::number);
    maybe(2, fields, "output_tokens", this::number);
    return object(fields);
  }

  String ollama() {
    List<String> fields = new ArrayList<>();
    maybe(1, fields, "model", this::text);
    maybe(1, fields, "created_at", this::text);
    if (one(2)) {
      List<String> message = new ArrayList<>();
      maybe(1, message, "role", this::text);
      message.add(field("content", textOrJunk()));
      maybe(4, message, "thinking", this::textOrJunk);
      fields.add(field("message", one(8) ? junk(1) : object(message)));
    } else {
      fields.add(field("response", textOrJunk()));
      maybe(4, fields, "thinking", this::textOrJunk);
    }
    fields.add(field("done", one(12) ? junk(1) : "false"));
    maybe(8, fields, "done_reason", this::textOrJunk);
    maybe(8, fields, "prompt_eval_count", this::number);
    maybe(8, fields, "eval_count", this::number);
    maybe(15, fields, "error", this::error);
    return blank() + object(fields) + blank();
  }

  /** Of what {@link StreamEquivalenceTest}'s pointers lead to. */
  String generic() {
    if (one(15)) {
      return junk(2);
    }
    List<String> fields = new ArrayList<>();
    fields.add(
        field(
            "a/b",
            array(shape.nextInt(4), () -> object(field("t~", textOrJunk()), field("x", junk(1))))));
    maybe(4, fields, "think", this::textOrJunk);
    maybe(
        5,
        fields,
        "u",
        () -> object(field("in", number()), field("c", number()), field("out", number())));
    maybe(8, fields, "err", () -> one(2) ? error() : textOrJunk());
    maybe(4, fields, "end", () -> one(2) ? "\"st\\u006fp\"" : textOrJunk());
    maybe(2, fields, "x", () -> junk(3));
    return blank() + object(fields) + blank();
  }

  private boolean one(int in) {
    return shape.nextInt(in) == 0;
  }

  private String pick(List<String> list) {
    return list.get(shape.nextInt(list.size()));
  }

  private void maybe(int in, List<String> fields, String name, Supplier<String> value) {
    if (one(in)) {
      fields.add(field(name, value.get()));
    }
  }

  private String textOrJunk() {
    return one(5) ? junk(1) : text();
  }

  private String junk(int depth) {
    return switch (shape.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "false";
      case 3 -> number();
      case 4 -> text();
      case 5 -> array(shape.nextInt(3), () -> junk(depth - 1));
      default -> object(field("k" + depth, junk(depth - 1)));
    };
  }

  private String number() {
    return NUMBERS.get(values.nextInt(NUMBERS.size()));
  }

  private String text() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = values.nextInt(5); i > 0; i--) {
      text.append(PIECES.get(values.nextInt(PIECES.size())));
    }
    return text.append('"').toString();
  }

  private String field(String name, String value) {
    String key = one(25) ? "\\u%04x".formatted((int) name.charAt(0)) + name.substring(1) : name;
    return blank() + '"' + key + '"' + blank() + ':' + blank() + value + blank();
  }

  private String object(String... fields) {
    return object(new ArrayList<>(List.of(fields)));
  }

  private String object(List<String> fields) {
    if (!fields.isEmpty() && one(15)) {
      fields.add(pick(fields));
    }
    Collections.shuffle(fields, Random.from(shape));
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
    return one(3) ? pick(BLANKS) : "";
  }
}
