package dev.candor.analysis.plan;

/** What of a replica can be used up. */
public enum Constraint {
  /** Computing prompts: input tokens a second that no cache serves. */
  PREFILL("prefill", "input tokens/s, uncached"),
  /** Making answers: output tokens a second. */
  DECODE("decode", "output tokens/s"),
  /** Holding them: tokens in the KV cache at a time. */
  KV("kv", "tokens in the KV cache");

  private final String key;
  private final String unit;

  Constraint(String key, String unit) {
    this.key = key;
    this.unit = unit;
  }

  public String key() {
    return key;
  }

  public String unit() {
    return unit;
  }
}
