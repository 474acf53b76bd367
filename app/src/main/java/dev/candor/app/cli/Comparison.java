package dev.candor.app.cli;

import dev.candor.analysis.against.Against;
import dev.candor.analysis.against.AgainstJson;
import dev.candor.analysis.against.RunSide;
import dev.candor.app.run.SeedRuns;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.RunDirectory;
import dev.candor.report.console.AgainstTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code candor simulate --against RUN} shows and leaves. */
final class Comparison {
  private static final String FILE = "against.json";

  private Comparison() {}

  static void show(RunSide measured, SeedRuns.Simulated simulated, Screen screen) {
    RunDirectory directory = RunDirectory.existing(simulated.run().directory());
    Against against = Against.of(measured, RunSide.read(directory));
    String json = AgainstJson.text(against);
    Path file = directory.path().resolve(FILE);
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
    switch (screen) {
      case FULL -> {
        System.out.print(AgainstTable.of(against));
        System.out.println("report: " + directory.reportHtml());
        System.out.println("errors: " + file);
      }
      case QUIET -> System.out.println(simulated.analysis().summary().verdictReason());
      case JSON, JSON_LINES -> System.out.print(json);
    }
  }
}
