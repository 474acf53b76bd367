package dev.candor.scrub;

import org.jspecify.annotations.Nullable;

/**
 * A finding within a {@link Text}.
 *
 * @param rule the own rule that found it, else null
 * @param standing what it is in verification
 */
record Found(Kind kind, @Nullable OwnRule rule, int start, int end, Standing standing) {

  /** How sure it is that a value is somebody's. */
  enum Standing {
    REAL,
    /**
     * Carries the mark of a pseudonym; scrubbed again all the same, as a real value may by chance.
     */
    PSEUDONYM,
    /** Cannot be real (reserved ranges, impossible numbers): left alone. */
    RESERVED
  }

  String label() {
    return rule == null ? kind.label() : rule.name();
  }
}
