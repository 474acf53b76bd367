package dev.candor.analysis.fit;

import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.ServerSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a fit needs of a run.
 *
 * @param name for people
 * @param attempts that were sent, in the order of sending
 * @param server what the server told of itself; empty where it told nothing
 */
public record MeasuredRun(
    String name, RunInfo info, List<MeasuredAttempt> attempts, List<ServerSample> server) {

  public MeasuredRun {
    attempts = List.copyOf(attempts);
    server = List.copyOf(server);
  }

  /** Reads a finished run. */
  public static MeasuredRun of(String name, RunReader reader) {
    List<AttemptRecord> attempts = new ArrayList<>();
    reader.forEachAttempt(attempts::add);
    return of(name, reader.info(), attempts, reader.server());
  }

  /** Of records that are at hand. */
  public static MeasuredRun of(
      String name, RunInfo info, List<AttemptRecord> attempts, List<ServerSample> server) {
    return new MeasuredRun(
        name,
        info,
        attempts.stream()
            .filter(attempt -> attempt.sent() != AttemptRecord.NONE)
            .map(MeasuredAttempt::of)
            .sorted(Comparator.comparingLong(MeasuredAttempt::sent))
            .toList(),
        server);
  }

  /** The phase in which an instant lies, the last that began before it. */
  PhaseRecord phaseAt(long nanos) {
    PhaseRecord found = info.phases().getFirst();
    for (PhaseRecord phase : info.phases()) {
      if (phase.startNanos() <= nanos) {
        found = phase;
      }
    }
    return found;
  }
}
