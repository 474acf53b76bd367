package dev.candor.app.cli;

import dev.candor.analysis.against.Against;
import dev.candor.analysis.against.AgainstJson;
import dev.candor.analysis.against.RunSide;
import dev.candor.app.run.RunReports;
import dev.candor.app.run.SeedRuns;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.RunDirectory;
import dev.candor.report.console.AgainstTable;
import dev.candor.scenario.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What {@code candor simulate --against RUN} shows and leaves. */
final class Comparison {
  private Comparison() {}

  /**
   * Shows it.
   *
   * @param slos of the scenario that was simulated
   */
  static void show(
      RunSide measured, SeedRuns.Simulated simulated, Collection<Slo> slos, Screen screen) {
    RunDirectory directory = RunDirectory.existing(simulated.run().directory());
    Against against = Against.of(measured, RunSide.read(directory));
    String json = AgainstJson.text(against);
    Path file = directory.path().resolve(AgainstJson.FILE);
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
    RunReports.rewriteHtml(directory, slos, simulated.analysis());
    switch (screen) {
      case FULL -> {
        System.out.print(AgainstTable.of(against));
        System.out.println("report: " + directory.reportHtml());
        System.out.println("errors: " + file);
      }
      case QUIET -> System.out.println(simulated.analysis().summary().verdictReason());
      case JSON -> System.out.print(json);
    }
  }
}
