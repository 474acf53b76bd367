package dev.candor.engine.roofline;

/** Of the weights of linear layers, or of the KV cache. */
public enum Precision {
  BF16("bf16", 2),
  FP8("fp8", 1);

  private final String key;
  private final int bytes;

  Precision(String key, int bytes) {
    this.key = key;
    this.bytes = bytes;
  }

  public String key() {
    return key;
  }

  /** Of an element. */
  public int bytes() {
    return bytes;
  }
}
