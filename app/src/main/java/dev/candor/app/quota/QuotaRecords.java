package dev.candor.app.quota;

import dev.candor.app.run.RunReports;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunWriter;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Keeps probing requests as a run, which {@code candor report} reads like any other. */
final class QuotaRecords {
  private QuotaRecords() {}

  /**
   * Writes a run's directory of what {@code session} asked.
   *
   * @param place a directory that is empty
   * @param machine on which it was asked
   */
  static void write(
      RunDirectory place,
      Scenario scenario,
      ProbeSession session,
      String target,
      String machine,
      Instant start,
      String version) {
    RunReports.writeScenario(place, scenario);
    try (RunWriter writer = RunWriter.openOrdered(place)) {
      session.all().forEach(probe -> writer.append(probe.attempt()));
      writer.finish(
          new RunInfo(
              version,
              scenario.name(),
              scenario.seed(),
              target,
              scenario.target().model(),
              start,
              session.nanos(),
              false,
              null,
              1,
              machine,
              session.phases(),
              List.of(
                  "asked by candor quota, which means to be refused: docs/quota-test.md; its findings are in quota.json")));
    }
    var _ = RunReports.write(place, scenario, version);
  }

  /** Writes {@code quota.json} beside them. */
  static void writeJson(Path place, String json) {
    Path file = place.resolve("quota.json");
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "cannot write to %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
