package dev.candor.app.cli;

import dev.candor.app.run.Recovery;
import dev.candor.base.error.CandorException;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunExport;
import dev.candor.record.RunReader;
import dev.candor.telemetry.lines.RunLines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor export}. */
@Command(
    name = "export",
    description =
        "Writes a finished run's records for other programs: CSV, Parquet, InfluxDB's line protocol (docs/publish.md).")
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run's directory.")
  @Nullable Path run;

  @Option(
      names = "--csv",
      paramLabel = "DIR",
      description = "Attempts, windows, client and server as CSV files in DIR.")
  @Nullable Path csv;

  @Option(
      names = "--parquet",
      paramLabel = "DIR",
      description = "The same as Parquet files, the instants of events among them.")
  @Nullable Path parquet;

  @Option(
      names = "--influx",
      paramLabel = "FILE",
      description = "Windows and attempts as lines of InfluxDB's protocol.")
  @Nullable Path influx;

  @Override
  public Integer call() {
    if (csv == null && parquet == null && influx == null) {
      throw CandorException.user(
          "export: names nothing to write; give --csv, --parquet or --influx");
    }
    RunDirectory directory = Recovery.readable(Objects.requireNonNull(run));
    try {
      if (csv != null) {
        RunExport.csv(directory, Files.createDirectories(csv)).forEach(ExportCommand::tell);
      }
      if (parquet != null) {
        if (Files.isDirectory(parquet) && Files.isSameFile(parquet, directory.path())) {
          throw CandorException.user("--parquet: %s is the run itself".formatted(parquet));
        }
        RunExport.parquet(directory, Files.createDirectories(parquet)).forEach(ExportCommand::tell);
      }
      if (influx != null) {
        writeLines(directory, influx);
        tell(influx);
      }
    } catch (IOException | UncheckedIOException e) {
      throw CandorException.user("export: cannot be written: %s".formatted(e.getMessage()));
    }
    return ExitCode.OK;
  }

  private static void writeLines(RunDirectory directory, Path file) throws IOException {
    String name = String.valueOf(directory.path().toAbsolutePath().normalize().getFileName());
    try (RunReader reader = RunReader.open(directory.path());
        BufferedWriter lines = Files.newBufferedWriter(file)) {
      var _ = new RunLines(reader, name).write(lines);
    }
  }

  private static void tell(Path file) {
    System.out.println(file);
  }
}
