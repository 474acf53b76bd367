package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.workload.token.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests from a JSONL file, in its order, round and round. */
final class RecordedMessages implements PromptSource {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<Prompt> prompts;

  private RecordedMessages(List<Prompt> prompts) {
    this.prompts = List.copyOf(prompts);
  }

  @Override
  public Prompt prompt(long number) {
    return prompts.get((int) (number % prompts.size()));
  }

  static RecordedMessages read(Path file, Tokenizer tokenizer, Salt salt, int maxTokens) {
    List<Prompt> prompts = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int line = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          prompts.add(prompt(text, file + ":" + line, tokenizer, salt, maxTokens));
        }
      }
    } catch (IOException e) {
      throw CandorException.user(
          "workload.messages.file: %s cannot be read: %s".formatted(file, e.getMessage()));
    }
    if (prompts.isEmpty()) {
      throw CandorException.user("workload.messages.file: %s has no request".formatted(file));
    }
    return new RecordedMessages(prompts);
  }

  private static Prompt prompt(
      String text, String place, Tokenizer tokenizer, Salt salt, int maxTokens) {
    JsonNode row;
    try {
      row = JSON.readTree(text);
    } catch (JacksonException e) {
      throw CandorException.user("%s: is not JSON: %s".formatted(place, e.getOriginalMessage()));
    }
    JsonNode array = row.path("messages");
    if (!array.isArray() || array.isEmpty()) {
      throw CandorException.user(
          "%s: must have a 'messages' array with a message".formatted(place));
    }
    List<Prompt.Message> messages = new ArrayList<>();
    int tokens = 0;
    for (JsonNode each : array) {
      String content =
          (messages.isEmpty() ? salt.text() : "") + content(each.path("content"), place);
      tokens += tokenizer.count(content);
      messages.add(new Prompt.Message(each.path("role").asString("user"), content));
    }
    int asked = row.path("max_completion_tokens").asInt(row.path("max_tokens").asInt(0));
    int limit =
        asked > 0 ? Math.min(asked, maxTokens) : maxTokens == Integer.MAX_VALUE ? 0 : maxTokens;
    return new Prompt("messages", messages, tokens, limit);
  }

  private static String content(JsonNode content, String place) {
    if (content.isString()) {
      return content.asString();
    }
    StringBuilder joined = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("text").isString()) {
        throw CandorException.user(
            "%s: found a content part without text; only text is sent".formatted(place));
      }
      joined.append(part.path("text").asString());
    }
    return joined.toString();
  }
}
