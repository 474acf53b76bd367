package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.token.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests from a JSONL file, in its order, round and round, each round with a salt of its own. */
final class RecordedMessages implements PromptSource {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Set<String> SENT = Set.of("messages", "max_tokens", "max_completion_tokens");
  private static final Set<String> SENT_OF_A_MESSAGE = Set.of("role", "content");

  private final List<Prompt> prompts;
  private final Tokenizer tokenizer;
  private final Salts salts;

  /**
   * @param prompts as in the file, unsalted
   */
  private RecordedMessages(List<Prompt> prompts, Tokenizer tokenizer, Salts salts) {
    this.prompts = List.copyOf(prompts);
    this.tokenizer = tokenizer;
    this.salts = salts;
  }

  @Override
  public Prompt prompt(long number) {
    Prompt plain = prompts.get((int) (number % prompts.size()));
    String nonce = salts.ofRound(number, prompts.size()).text();
    if (nonce.isEmpty()) {
      return plain;
    }
    Prompt.Message first = plain.messages().getFirst();
    String salted = nonce + first.content();
    List<Prompt.Message> messages = new ArrayList<>(plain.messages());
    messages.set(0, new Prompt.Message(first.role(), salted));
    int tokens = plain.inputTokens() - tokenizer.count(first.content()) + tokenizer.count(salted);
    return new Prompt(plain.requestClass(), messages, tokens, plain.maxTokens());
  }

  /** Reads {@code file}; says in {@code notes} which fields of its requests are not sent. */
  static RecordedMessages read(
      Path file, Tokenizer tokenizer, Salts salts, int maxTokens, List<String> notes) {
    Set<String> ignored = new TreeSet<>();
    List<Prompt> prompts = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int line = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          prompts.add(prompt(text, file + ":" + line, tokenizer, maxTokens, ignored));
        }
      }
    } catch (IOException e) {
      throw CandorException.user(
          "workload.messages.file: %s cannot be read: %s".formatted(file, e.getMessage()));
    }
    if (prompts.isEmpty()) {
      throw CandorException.user("workload.messages.file: %s has no request".formatted(file));
    }
    if (!ignored.isEmpty()) {
      notes.add(
          "of %s messages and max_tokens are sent, not %s; target.body sets a field of every request"
              .formatted(file.getFileName(), String.join(", ", ignored)));
    }
    return new RecordedMessages(prompts, tokenizer, salts);
  }

  private static Prompt prompt(
      String text, String place, Tokenizer tokenizer, int maxTokens, Set<String> ignored) {
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
    row.propertyNames().stream().filter(name -> !SENT.contains(name)).forEach(ignored::add);
    List<Prompt.Message> messages = new ArrayList<>();
    int tokens = 0;
    for (JsonNode each : array) {
      for (String name : each.propertyNames()) {
        if (!SENT_OF_A_MESSAGE.contains(name)) {
          throw CandorException.user(
              "%s: found a message with '%s'; only role and content are sent"
                  .formatted(place, name));
        }
      }
      String content = content(each.path("content"), place);
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
