package dev.candor.scrub;

import java.util.List;
import java.util.Set;

/** What is looked for and what may stay. Immutable. */
public final class ScrubRules {
  private static final ScrubRules BUILT_IN =
      new ScrubRules(Set.of(), List.of(), new AllowList(Set.of(), List.of()));

  private final Set<Kind> disabled;
  private final List<OwnRule> own;
  private final AllowList allowed;

  ScrubRules(Set<Kind> disabled, List<OwnRule> own, AllowList allowed) {
    this.disabled = Set.copyOf(disabled);
    this.own = List.copyOf(own);
    this.allowed = allowed;
  }

  /** Every {@link Kind}, nothing else. */
  public static ScrubRules builtIn() {
    return BUILT_IN;
  }

  Set<Kind> disabled() {
    return disabled;
  }

  List<OwnRule> own() {
    return own;
  }

  AllowList allowed() {
    return allowed;
  }
}
