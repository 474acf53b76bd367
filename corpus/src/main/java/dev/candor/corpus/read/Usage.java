package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Tokens as a service counted them; {@link SourceRequest#UNKNOWN} what it did not. */
record Usage(int input, int output, int cached) {
  static final Usage NONE = new Usage(UNKNOWN, UNKNOWN, UNKNOWN);

  /** OpenAI's and Anthropic's names; Anthropic counts what its cache had beside the input. */
  static Usage of(JsonNode usage) {
    int input =
        Fields.tokens(usage, "prompt_tokens", "input_tokens", "promptTokens", "inputTokens");
    int output =
        Fields.tokens(
            usage, "completion_tokens", "output_tokens", "completionTokens", "outputTokens");
    int cached =
        Fields.tokens(
            Fields.first(usage, "prompt_tokens_details", "input_tokens_details"), "cached_tokens");
    int read = Fields.tokens(usage, "cache_read_input_tokens");
    int written = Fields.tokens(usage, "cache_creation_input_tokens");
    if (read >= 0 && cached < 0) {
      cached = read;
      if (input >= 0 && !usage.has("prompt_tokens")) {
        input += read + Math.max(0, written);
      }
    }
    return new Usage(input, output, cached);
  }

  /** Langfuse's: kinds of tokens that add up, such as input and input_cached_tokens. */
  static Usage ofParts(JsonNode parts) {
    int input = UNKNOWN;
    int output = UNKNOWN;
    int cached = UNKNOWN;
    for (Map.Entry<String, JsonNode> part : parts.properties()) {
      String name = part.getKey();
      if ((!part.getValue().isNumber() && !part.getValue().isString())
          || name.contains("ost")
          || name.equals("total")
          || name.equals("unit")) {
        continue;
      }
      if (name.contains("input") || name.startsWith("prompt")) {
        int tokens = Fields.tokens(parts, name);
        input = Math.max(0, input) + tokens;
        if (name.contains("cached") || name.contains("cache_read")) {
          cached = Math.max(0, cached) + tokens;
        }
      } else if (name.contains("output") || name.startsWith("completion")) {
        output = Math.max(0, output) + Fields.tokens(parts, name);
      }
    }
    return new Usage(input, output, cached);
  }

  /** What this one lacks, from {@code other}. */
  Usage or(Usage other) {
    return new Usage(
        input > 0 ? input : other.input,
        output >= 0 ? output : other.output,
        cached >= 0 ? cached : other.cached);
  }
}
