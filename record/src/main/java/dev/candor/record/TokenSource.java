package dev.candor.record;

import java.util.Locale;

/** Who counted an attempt's output tokens. */
public enum TokenSource {
  /** The server, in its usage. */
  USAGE,
  /** Our tokenizer, over the text received. */
  TOKENIZER,
  /** Nobody: one token an event is assumed. */
  CHUNKS;

  static TokenSource ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
