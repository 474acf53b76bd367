package dev.candor.analysis.fit;

import dev.candor.analysis.Verdict;
import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.ServerSample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a fit needs of a run.
 *
 * @param name for people
 * @param attempts that were sent, in the order of sending
 * @param server what the server told of itself; empty where it told nothing
 * @param warnings why it may not be trusted
 */
public record MeasuredRun(
    String name,
    RunInfo info,
    List<MeasuredAttempt> attempts,
    List<ServerSample> server,
    List<String> warnings) {

  public MeasuredRun {
    warnings = List.copyOf(warnings);
    attempts = List.copyOf(attempts);
    server = List.copyOf(server);
  }

  /** Reads a finished run. */
  public static MeasuredRun of(String name, RunReader reader) {
    List<AttemptRecord> attempts = new ArrayList<>();
    reader.requireTokens();
    reader.forEachAttempt(attempts::add);
    return of(name, reader.info(), attempts, reader.server(), warnings(name, reader));
  }

  /** Of records that are at hand. */
  public static MeasuredRun of(
      String name,
      RunInfo info,
      List<AttemptRecord> attempts,
      List<ServerSample> server,
      List<String> warnings) {
    return new MeasuredRun(
        name,
        info,
        attempts.stream()
            .filter(attempt -> attempt.sent() != AttemptRecord.NONE)
            .map(MeasuredAttempt::of)
            .sorted(Comparator.comparingLong(MeasuredAttempt::sent))
            .toList(),
        server,
        warnings);
  }

  private static List<String> warnings(String name, RunReader reader) {
    List<String> warnings = new ArrayList<>();
    Path summary = reader.directory().summaryJson();
    if (Files.isRegularFile(summary)) {
      JsonNode verdict = JsonMapper.shared().readTree(summary.toFile());
      if (verdict.path("verdict").asString("").equals(Verdict.INVALID.key())) {
        warnings.add(
            name
                + " is INVALID ("
                + verdict.path("verdict_reason").asString("")
                + "): some of the times are the client's, not the engine's");
      }
    }
    if (reader.info().lost() > 0) {
      warnings.add(name + ": the timelines of some answers were lost, and their steps are fuller");
    }
    return warnings;
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
