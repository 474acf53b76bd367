package dev.candor.mock.audit;

import java.util.Locale;

/** On an application's retries. */
public enum Verdict {
  /** Nothing failed, nothing to judge. */
  NONE,
  /** It gives a troubled service room. */
  GRACEFUL,
  /** It retries without regard, which a service survives. */
  NAIVE,
  /** It would keep a troubled service down. */
  STORM;

  /** As files have it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
