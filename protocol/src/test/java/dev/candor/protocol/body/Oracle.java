package dev.candor.protocol.body;

import dev.candor.protocol.body.JsonEntries.Field;
import dev.candor.protocol.body.JsonEntries.Fields;
import dev.candor.protocol.body.JsonEntries.Items;
import dev.candor.protocol.body.JsonEntries.Literal;
import dev.candor.protocol.body.JsonEntries.Numeral;
import dev.candor.protocol.body.JsonEntries.Text;
import dev.candor.protocol.generic.GenericFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect's frame says, read off a tree: slow, plain, and written apart from the scanners.
 */
abstract class Oracle {
  final StringBuilder text = new StringBuilder();
  private int rank;
  int @Nullable [] usage;
  @Nullable String finish;
  boolean isError;
  boolean isPart;
  boolean isEnd;
  private boolean hasErrorObject;
  private @Nullable String code;
  private @Nullable String type;
  private @Nullable String message;
  @Nullable String flatCode;
  @Nullable String flatType;
  @Nullable String flatMessage;

  /** Takes what a frame says; false where it is not the dialect. */
  abstract boolean read(JsonEntries root);

  /** The calls for one frame; null where it is malformed. */
  final @Nullable List<String> calls(byte[] frame, boolean declaredError) {
    text.setLength(0);
    rank = 0;
    usage = null;
    finish = null;
    isError = declaredError;
    isPart = isEnd = hasErrorObject = false;
    code = type = message = flatCode = flatType = flatMessage = null;
    JsonEntries root = JsonEntries.parse(frame);
    if (root == null || !read(root)) {
      return null;
    }
    HeardResponse heard = new HeardResponse();
    boolean failed = isError || hasErrorObject;
    if (rank > 0) {
      heard.calls.add(
          "text " + List.of("", "REASONING", "TOOL_CALL", "ANSWER").get(rank) + " " + text);
    } else if (!failed && !isEnd) {
      heard.onSilentEvent(isPart);
    }
    if (usage != null && (usage[0] >= 0 || usage[2] >= 0)) {
      heard.onUsage(usage[0], usage[1], usage[2], usage[3]);
      if (usage.length > 4 && usage[4] >= 0) {
        heard.onCacheWrite(usage[4]);
      }
    }
    if (finish != null) {
      heard.onFinish(finish);
    }
    if (failed) {
      String said = hasErrorObject ? message : flatMessage;
      String under =
          hasErrorObject ? (code != null ? code : type) : flatCode != null ? flatCode : flatType;
      heard.onErrorFrame(under, said != null ? said : "(no message)");
    } else if (isEnd) {
      heard.onDone();
    }
    return heard.calls;
  }

  /** Ranks: 1 reasoning, 2 tool call, 3 answer. */
  boolean add(int own, JsonEntries value) {
    String found = value.text();
    if (found == null) {
      return false;
    }
    text.append(found);
    rank = Math.max(rank, own);
    return true;
  }

  void error(JsonEntries value) {
    hasErrorObject = value instanceof Text || value instanceof Fields;
    code = type = null;
    message = value instanceof Text(String words) ? words : null;
    for (Field field : value.fields()) {
      switch (field.key()) {
        case "code" -> code = textOrNumber(field.value());
        case "type" -> type = field.value().text();
        case "message" -> message = field.value().text();
        default -> {}
      }
    }
  }

  /** An error of which there is the message alone. */
  void errorText(@Nullable String words) {
    if (words != null) {
      hasErrorObject = true;
      code = type = null;
      message = words;
    }
  }

  void flat(Field field) {
    switch (field.key()) {
      case "code" -> flatCode = textOrNumber(field.value());
      case "type" -> flatType = field.value().text();
      case "message" -> flatMessage = field.value().text();
      default -> {}
    }
  }

  private static @Nullable String textOrNumber(JsonEntries value) {
    return value instanceof Numeral(String digits) ? digits : value.text();
  }

  private static int detail(JsonEntries details, String key) {
    int count = -1;
    for (Field field : details.fields()) {
      count = field.key().equals(key) ? field.value().count() : count;
    }
    return count;
  }

  void openAiUsage(JsonEntries value, String input, String output) {
    int[] found = {-1, -1, -1, -1, -1};
    for (Field field : value.fields()) {
      JsonEntries each = field.value();
      if (field.key().equals(input + "_tokens")) {
        found[0] = each.count();
      } else if (field.key().equals(output + "_tokens")) {
        found[2] = each.count();
      } else if (field.key().equals(input + "_tokens_details")) {
        int cached = detail(each, "cached_tokens");
        found[1] = cached < 0 ? found[1] : cached;
        int written = detail(each, "cache_write_tokens");
        found[4] = written < 0 ? found[4] : written;
      } else if (field.key().equals("prompt_cache_hit_tokens")) {
        found[1] = found[1] < 0 ? each.count() : found[1];
      } else if (field.key().equals(output + "_tokens_details")) {
        found[3] = detail(each, "reasoning_tokens");
      }
    }
    usage = found;
  }

  static final class Choices extends Oracle {
    private final boolean chat;

    Choices(boolean chat) {
      this.chat = chat;
    }

    @Override
    boolean read(JsonEntries root) {
      for (Field field : root.fields()) {
        switch (field.key()) {
          case "choices" -> field.value().items().forEach(this::choice);
          case "usage" -> openAiUsage(field.value(), "prompt", "completion");
          case "error" -> error(field.value());
          case "object" -> isError |= "error".equals(field.value().text());
          default -> flat(field);
        }
      }
      return root instanceof Fields;
    }

    private void choice(JsonEntries choice) {
      isPart = true;
      for (Field field : choice.fields()) {
        if (field.key().equals("finish_reason")) {
          finish = field.value().text() != null ? field.value().text() : finish;
        } else if (field.key().equals(chat ? "delta" : "text")) {
          if (chat) {
            delta(field.value());
          } else {
            add(3, field.value());
          }
        }
      }
    }

    private void delta(JsonEntries delta) {
      boolean reasoned = false;
      for (Field field : delta.fields()) {
        switch (field.key()) {
          case "content", "refusal" -> add(3, field.value());
          case "reasoning", "reasoning_content" -> reasoned = reasoned || add(1, field.value());
          case "tool_calls" ->
              field.value().items().stream()
                  .flatMap(call -> call.fields().stream())
                  .filter(each -> each.key().equals("function"))
                  .flatMap(each -> each.value().fields().stream())
                  .filter(each -> each.key().equals("name") || each.key().equals("arguments"))
                  .forEach(each -> add(2, each.value()));
          default -> {}
        }
      }
    }
  }

  static final class Responses extends Oracle {
    @Override
    boolean read(JsonEntries root) {
      String kind = "";
      JsonEntries delta = new Literal("null");
      for (Field field : root.fields()) {
        switch (field.key()) {
          case "type" -> kind = Objects.requireNonNullElse(field.value().text(), "");
          case "delta" -> delta = field.value();
          case "response" -> field.value().fields().forEach(this::response);
          case "error" -> error(field.value());
          default -> flat(field);
        }
      }
      isPart =
          kind.startsWith("response")
              && !List.of("response.created", "response.queued", "response.in_progress")
                  .contains(kind);
      switch (kind) {
        case "response.output_text.delta", "response.refusal.delta" -> add(3, delta);
        case "response.reasoning_text.delta", "response.reasoning_summary_text.delta" ->
            add(1, delta);
        case "response.function_call_arguments.delta" -> add(2, delta);
        case "response.completed", "response.incomplete" -> isEnd = true;
        case "response.failed" -> isError = isEnd = true;
        case "error" -> isError = true;
        default -> {}
      }
      return root instanceof Fields;
    }

    private void response(Field field) {
      switch (field.key()) {
        case "usage" -> openAiUsage(field.value(), "input", "output");
        case "status" -> {
          finish = "completed".equals(field.value().text()) ? "completed" : finish;
          isError |= "failed".equals(field.value().text());
        }
        case "incomplete_details" -> {
          for (Field each : field.value().fields()) {
            boolean found = each.key().equals("reason") && each.value().text() != null;
            finish = found ? each.value().text() : finish;
          }
        }
        case "error" -> error(field.value());
        default -> {}
      }
    }
  }

  static final class Messages extends Oracle {
    private final int[] counts = {-1, -1, -1, -1};

    @Override
    boolean read(JsonEntries root) {
      for (Field field : root.fields()) {
        switch (field.key()) {
          case "type" -> {
            String kind = Objects.requireNonNullElse(field.value().text(), "");
            isEnd |= kind.equals("message_stop");
            isError |= kind.equals("error");
            isPart |= kind.startsWith("message") || kind.startsWith("content_block");
          }
          case "delta" -> field.value().fields().forEach(this::delta);
          case "message" -> {
            for (Field each : field.value().fields()) {
              if (each.key().equals("usage")) {
                usage(each.value(), true);
              }
            }
          }
          case "usage" -> usage(field.value(), false);
          case "error" -> error(field.value());
          default -> {}
        }
      }
      return root instanceof Fields;
    }

    private void delta(Field field) {
      switch (field.key()) {
        case "text" -> add(3, field.value());
        case "thinking" -> add(1, field.value());
        case "partial_json" -> add(2, field.value());
        case "stop_reason" -> finish = field.value().text() != null ? field.value().text() : finish;
        default -> {}
      }
    }

    private void usage(JsonEntries value, boolean begun) {
      List<String> names =
          List.of(
              "input_tokens",
              "cache_read_input_tokens",
              "cache_creation_input_tokens",
              "output_tokens");
      for (Field field : value.fields()) {
        int place = names.indexOf(field.key());
        if (place >= 0 && !(begun && place == 3) && field.value().count() >= 0) {
          counts[place] = field.value().count();
        }
      }
      long prompt = (long) counts[0] + Math.max(0, counts[1]) + Math.max(0, counts[2]);
      int known = counts[0] < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, prompt);
      usage = new int[] {known, counts[1], counts[3], -1, counts[2]};
    }
  }

  static final class Ollama extends Oracle {
    @Override
    boolean read(JsonEntries root) {
      int[] counts = {-1, -1, -1, -1};
      for (Field field : root.fields()) {
        JsonEntries value = field.value();
        switch (field.key()) {
          case "message" -> {
            isPart |= value instanceof Fields;
            for (Field each : value.fields()) {
              switch (each.key()) {
                case "content" -> add(3, each.value());
                case "thinking" -> add(1, each.value());
                default -> {}
              }
            }
          }
          case "response" -> {
            isPart |= value instanceof Text;
            add(3, value);
          }
          case "thinking" -> add(1, value);
          case "done" -> isEnd |= value.equals(new Literal("true"));
          case "done_reason" -> finish = value.text() != null ? value.text() : finish;
          case "prompt_eval_count" -> counts[0] = value.count();
          case "eval_count" -> counts[2] = value.count();
          case "error" -> error(value);
          default -> {}
        }
      }
      usage = counts;
      return root instanceof Fields;
    }
  }

  /** By the path of every value, in the order of the text. */
  static final class Generic extends Oracle {
    private final GenericFields fields;
    private final int[] counts = {-1, -1, -1, -1};
    private boolean counted;

    Generic(GenericFields fields) {
      this.fields = fields;
    }

    @Override
    boolean read(JsonEntries root) {
      counted = false;
      visit("", root);
      usage = counted ? counts : null;
      return true;
    }

    private void visit(String path, JsonEntries value) {
      if (path.equals(fields.text()) || path.equals(fields.reasoning())) {
        isPart |= value instanceof Text;
        add(path.equals(fields.text()) ? 3 : 1, value);
      }
      List<@Nullable String> places = new ArrayList<>();
      places.add(fields.inputTokens());
      places.add(fields.cachedTokens());
      places.add(fields.outputTokens());
      for (int i = 0; i < 3; i++) {
        if (path.equals(places.get(i)) && value.count() >= 0) {
          counts[i] = value.count();
          counted = true;
        }
      }
      if (path.equals(fields.error())) {
        switch (value) {
          case Text(String words) -> errorText(words.isEmpty() ? null : words);
          case Fields _ -> error(value);
          case Numeral _ -> isError = true;
          case Literal(String word) -> isError |= word.equals("true");
          case Items _ -> {}
        }
      }
      if (path.equals(fields.end())) {
        isEnd |= isEnd(value);
      }
      for (Field field : value.fields()) {
        visit(path + "/" + field.key().replace("~", "~0").replace("/", "~1"), field.value());
      }
      for (int i = 0; i < value.items().size(); i++) {
        visit(path + "/" + i, value.items().get(i));
      }
    }

    private boolean isEnd(JsonEntries value) {
      String wanted = fields.endValue();
      return switch (value) {
        case Text(String words) -> wanted == null || words.equals(wanted);
        case Numeral(String digits) -> wanted == null || digits.equals(wanted);
        case Literal(String word) ->
            wanted == null ? word.equals("true") : word.equals(wanted) && !word.equals("null");
        case Fields _, Items _ -> wanted == null;
      };
    }
  }
}
