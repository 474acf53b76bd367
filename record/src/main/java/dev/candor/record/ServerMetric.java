package dev.candor.record;

import java.util.Arrays;

/** What a server tells of itself at {@code /metrics}, whatever names it has for it. */
public enum ServerMetric {
  /** Share of the KV cache that requests hold, 0 to 1; of several engines the fullest. */
  KV_USAGE("kv_usage"),
  RUNNING("running"),
  WAITING("waiting"),
  /** Prompt tokens looked up in the prefix cache since the server's start. */
  PREFIX_QUERIES("prefix_queries"),
  /** Of those, found. */
  PREFIX_HITS("prefix_hits"),
  PREEMPTIONS("preemptions"),
  PROMPT_TOKENS("prompt_tokens"),
  GENERATION_TOKENS("generation_tokens");

  private final String key;

  ServerMetric(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  static ServerMetric ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric of a server: " + key));
  }
}
