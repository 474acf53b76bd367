package dev.candor.analysis;

import java.util.Locale;

/** What the run came to; its exit code follows from it. */
public enum Verdict {
  PASS,
  FAIL,
  /** The client, not the server, was measured. */
  INVALID,
  INTERRUPTED,
  /** The run could not be carried out. */
  ERROR;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
