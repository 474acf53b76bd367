package dev.candor.app.quota;

import dev.candor.load.transport.ServerHints;
import dev.candor.record.AttemptRecord;
import org.jspecify.annotations.Nullable;

/**
 * What came of a probing request.
 *
 * @param hints of the answer's headers, null where none are known
 */
record Probe(AttemptRecord attempt, @Nullable ServerHints hints) {

  /** Whether it was let pass. */
  boolean passed() {
    return Asks.admitted(attempt);
  }

  /** Whether it was refused for a limit. */
  boolean refused() {
    return Asks.refused(attempt);
  }
}
