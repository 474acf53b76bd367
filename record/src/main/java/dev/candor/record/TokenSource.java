package dev.candor.record;

import java.util.Locale;

/** Who counted an attempt's output tokens. */
public enum TokenSource {
  /** The server, in its usage. */
  USAGE,
  /** Our tokenizer, over the text received. */
  TOKENIZER,
  /**
   * Nobody: as many a byte of text are assumed as the server counted in the run's other answers.
   */
  ESTIMATE,
  /** Nobody: one token an event is assumed. */
  CHUNKS;

  static TokenSource ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
