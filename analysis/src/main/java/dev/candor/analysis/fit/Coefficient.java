package dev.candor.analysis.fit;

/** Coefficients of a step's time, in the words of a profile's file (docs/engine.md). */
public enum Coefficient {
  FLOOR("floor"),
  BASE("base"),
  PER_PREFILL_TOKEN("per_prefill_token"),
  PER_CONTEXT_TOKEN("per_context_token"),
  PER_SEQUENCE("per_sequence"),
  PER_TOKEN_PAIR("per_token_pair"),
  JITTER("jitter"),
  /** With the token overhead and both ways through the network. */
  REQUEST_OVERHEAD("request_overhead");

  private final String key;

  Coefficient(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
