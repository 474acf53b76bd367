package dev.candor.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of retries, as summary.json has it. */
final class RetriesJson {
  private RetriesJson() {}

  /** Null where the scenario tries nothing again, or nothing failed. */
  static @Nullable Map<String, @Nullable Object> of(Summary.Tries tries) {
    if (tries.again() == 0 && tries.givenUp().isEmpty()) {
      return null;
    }
    Map<String, @Nullable Object> retries = new LinkedHashMap<>();
    retries.put("requests", tries.again());
    retries.put("recovered", tries.recovered());
    retries.put("waiting_share", tries.waitingShare());
    Map<String, Long> byAttempts = new LinkedHashMap<>();
    tries.byAttempts().forEach((attempts, count) -> byAttempts.put(attempts.toString(), count));
    retries.put("by_attempts", byAttempts);
    retries.put("given_up", tries.givenUp());
    return retries;
  }
}
