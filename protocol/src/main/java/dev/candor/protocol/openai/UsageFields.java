package dev.candor.protocol.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.candor.protocol.ResponseListener;

/** The server's token counts, -1 where it does not say. <b>For one thread.</b> */
final class UsageFields {
  private static final byte[] PROMPT = "prompt_tokens".getBytes(US_ASCII);
  private static final byte[] COMPLETION = "completion_tokens".getBytes(US_ASCII);
  private static final byte[] PROMPT_DETAILS = "prompt_tokens_details".getBytes(US_ASCII);
  private static final byte[] COMPLETION_DETAILS = "completion_tokens_details".getBytes(US_ASCII);
  private static final byte[] CACHED = "cached_tokens".getBytes(US_ASCII);

  /** Where servers without prompt_tokens_details say it. */
  private static final byte[] CACHE_HIT = "prompt_cache_hit_tokens".getBytes(US_ASCII);

  private static final byte[] REASONING = "reasoning_tokens".getBytes(US_ASCII);

  private int promptTokens;
  private int cachedTokens;
  private int completionTokens;
  private int reasoningTokens;

  void clear() {
    promptTokens = -1;
    cachedTokens = -1;
    completionTokens = -1;
    reasoningTokens = -1;
  }

  void read(JsonCursor json) throws JsonSyntaxException {
    clear();
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(PROMPT)) {
        promptTokens = json.count();
      } else if (json.keyIs(COMPLETION)) {
        completionTokens = json.count();
      } else if (json.keyIs(PROMPT_DETAILS)) {
        int cached = detail(json, CACHED);
        cachedTokens = cached < 0 ? cachedTokens : cached;
      } else if (json.keyIs(CACHE_HIT)) {
        int hit = json.count();
        cachedTokens = cachedTokens < 0 ? hit : cachedTokens;
      } else if (json.keyIs(COMPLETION_DETAILS)) {
        reasoningTokens = detail(json, REASONING);
      } else {
        json.skip();
      }
    }
  }

  /** Tells the counts if either total is known. */
  void tell(ResponseListener listener) {
    if (promptTokens >= 0 || completionTokens >= 0) {
      listener.onUsage(promptTokens, cachedTokens, completionTokens, reasoningTokens);
    }
  }

  private static int detail(JsonCursor json, byte[] key) throws JsonSyntaxException {
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
