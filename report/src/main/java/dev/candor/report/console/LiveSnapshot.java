package dev.candor.report.console;

import dev.candor.analysis.LimitReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run while it lasts. Latencies in milliseconds, null where too little has been measured.
 *
 * @param totalS 0: not known, of a sweep
 * @param limits why some of the last five seconds show the client rather than the server; empty:
 *     none
 * @param spent money so far, with its currency; null: not known
 * @param seconds that are over, since the snapshot before, in order
 */
public record LiveSnapshot(
    double elapsedS,
    double totalS,
    String phase,
    int users,
    int inFlight,
    long completed,
    long failed,
    double outputTps,
    @Nullable Double ttftP50,
    @Nullable Double ttftP99,
    @Nullable Double itlP50,
    @Nullable Double itlP99,
    @Nullable Double goodput,
    Map<String, Long> errors,
    Set<LimitReason> limits,
    @Nullable String spent,
    List<LiveSecond> seconds) {

  /** Of which no second is known by itself. */
  public LiveSnapshot(
      double elapsedS,
      double totalS,
      String phase,
      int users,
      int inFlight,
      long completed,
      long failed,
      double outputTps,
      @Nullable Double ttftP50,
      @Nullable Double ttftP99,
      @Nullable Double itlP50,
      @Nullable Double itlP99,
      @Nullable Double goodput,
      Map<String, Long> errors,
      Set<LimitReason> limits,
      @Nullable String spent) {
    this(
        elapsedS, totalS, phase, users, inFlight, completed, failed, outputTps, ttftP50, ttftP99,
        itlP50, itlP99, goodput, errors, limits, spent, List.of());
  }
}
