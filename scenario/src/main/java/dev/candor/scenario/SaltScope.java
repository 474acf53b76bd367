package dev.candor.scenario;

/** Which prompts share a nonce, and so may share a prefix in a server's cache. */
public enum SaltScope {
  /** All of a run: nothing that an earlier run or step left in a cache answers them. */
  RUN("run"),
  /** Those of a session: its turns share their prefix, sessions share nothing. */
  SESSION("session"),
  /** None: every prompt is unique from its start. */
  REQUEST("request"),
  /** All, those of earlier runs too: there is no nonce. */
  NONE("false");

  private final String key;

  SaltScope(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
