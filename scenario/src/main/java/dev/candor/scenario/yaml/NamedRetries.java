package dev.candor.scenario.yaml;

import dev.candor.scenario.Retries;
import java.util.List;

/** Retry policies by the names that scenarios give them. */
public final class NamedRetries {
  private NamedRetries() {}

  /**
   * The policy {@code name}, with all its defaults.
   *
   * @throws dev.candor.base.error.CandorException for an unknown name, with the nearest
   */
  public static Retries of(String name) {
    return RetriesReader.named(name);
  }

  public static List<String> names() {
    return RetriesReader.POLICIES;
  }
}
