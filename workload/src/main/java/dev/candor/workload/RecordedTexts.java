package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.CorpusRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the prompts of one session as messages that every dialect can send: calls of tools and
 * their results as text. What turns have in common is there once. For one thread.
 */
final class RecordedTexts {
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private final Path file;
  private final Map<Said, RecordedLine> lines = new HashMap<>();
  private long letters;

  RecordedTexts(Path file) {
    this.file = file;
  }

  private record Said(String role, String content) {}

  /** Letters of all that was read, each text once. */
  long letters() {
    return letters;
  }

  /**
   * The messages of a row's prompt, the same object where they are the same; empty: it has none.
   */
  List<RecordedLine> of(CorpusRow row) {
    if (row.messages() == null) {
      return List.of();
    }
    JsonNode messages = parsed(row.messages());
    if (messages == null || !messages.isArray()) {
      throw CandorException.user(
          "%s: session %d, turn %d: found messages that are no JSON array; candor corpus import makes a corpus"
              .formatted(file, row.session(), row.turn()));
    }
    List<RecordedLine> prompt = new ArrayList<>(messages.size());
    for (JsonNode message : messages) {
      prompt.add(line(role(message.path("role").asString("user")), content(message)));
    }
    return List.copyOf(prompt);
  }

  private static @Nullable JsonNode parsed(String messages) {
    try {
      return JSON.readTree(messages);
    } catch (JacksonException e) {
      return null;
    }
  }

  private RecordedLine line(String role, String content) {
    return lines.computeIfAbsent(
        new Said(role, content),
        said -> {
          letters += content.length();
          return new RecordedLine(role, content);
        });
  }

  private static String role(String recorded) {
    return switch (recorded) {
      case "system", "developer" -> "system";
      case "assistant" -> "assistant";
      default -> "user";
    };
  }

  private static String content(JsonNode message) {
    StringBuilder text = new StringBuilder();
    if (message.path("content").isString()) {
      text.append(message.path("content").stringValue());
    }
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      text.append(text.isEmpty() ? "" : "\n")
          .append(function.path("name").asString(""))
          .append(' ')
          .append(function.path("arguments").asString(""));
    }
    boolean silent = text.isEmpty() && message.path("role").asString("").equals("assistant");
    return silent ? Conversation.NO_ANSWER : text.toString();
  }
}
