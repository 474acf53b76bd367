package dev.candor.protocol.openai;

import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** The token counts of a {@code usage} object, under the names of a dialect. */
final class UsageFields {
  /** Of chat and older completions. */
  static final UsageFields TOKENS = new UsageFields("prompt", "completion");

  static final UsageFields RESPONSES = new UsageFields("input", "output");

  private static final JsonKey CACHED = JsonKey.of("cached_tokens");

  /** Where servers without prompt_tokens_details say it. */
  private static final JsonKey CACHE_HIT = JsonKey.of("prompt_cache_hit_tokens");

  private static final JsonKey CACHE_WRITE = JsonKey.of("cache_write_tokens");

  private static final JsonKey REASONING = JsonKey.of("reasoning_tokens");

  private final JsonKey input;
  private final JsonKey inputDetails;
  private final JsonKey output;
  private final JsonKey outputDetails;

  private UsageFields(String in, String out) {
    input = JsonKey.of(in + "_tokens");
    inputDetails = JsonKey.of(in + "_tokens_details");
    output = JsonKey.of(out + "_tokens");
    outputDetails = JsonKey.of(out + "_tokens_details");
  }

  /** Reads the next value, which replaces what a usage before it said. */
  void read(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    int prompt = -1;
    int cached = -1;
    int completion = -1;
    int reasoning = -1;
    content.cacheWrite(-1);
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(input)) {
        prompt = json.count();
      } else if (json.keyIs(output)) {
        completion = json.count();
      } else if (json.keyIs(inputDetails)) {
        int detail = inputDetails(json, content);
        cached = detail < 0 ? cached : detail;
      } else if (json.keyIs(CACHE_HIT)) {
        int hit = json.count();
        cached = cached < 0 ? hit : cached;
      } else if (json.keyIs(outputDetails)) {
        reasoning = detail(json, REASONING);
      } else {
        json.skip();
      }
    }
    content.usage(prompt, cached, completion, reasoning);
  }

  /** Tells how many were written into the cache; returns how many it had. */
  private static int inputDetails(JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    int cached = -1;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(CACHED)) {
        cached = json.count();
      } else if (json.keyIs(CACHE_WRITE)) {
        content.cacheWrite(json.count());
      } else {
        json.skip();
      }
    }
    return cached;
  }

  private static int detail(JsonCursor json, JsonKey key) throws JsonSyntaxException {
    int count = -1;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(key)) {
        count = json.count();
      } else {
        json.skip();
      }
    }
    return count;
  }
}
