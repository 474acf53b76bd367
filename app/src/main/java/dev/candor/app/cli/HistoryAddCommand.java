package dev.candor.app.cli;

import dev.candor.app.history.HistoryPlace;
import dev.candor.app.history.RunEntry;
import dev.candor.app.run.Recovery;
import dev.candor.record.history.CataloguedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor history add}. */
@Command(
    name = "add",
    description =
        "Adds runs to the history; one that is in it already is brought up to date, tags included.")
final class HistoryAddCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Directories of runs.")
  List<Path> runs = List.of();

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "The history's file; CANDOR_HISTORY, else $XDG_DATA_HOME/candor/history.duckdb.")
  @Nullable String history;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Beside the tags of the runs' scenarios; may be repeated.")
  List<String> tags = List.of();

  @Override
  public Integer call() {
    List<String> known = RunFlags.tags(tags);
    List<RunEntry> entries = new ArrayList<>();
    // All are read first: a mistake in one adds none.
    for (Path run : runs) {
      entries.add(RunEntry.of(Recovery.readable(run), known, System::getenv));
    }
    Path file = HistoryPlace.of(history, System::getenv);
    for (RunEntry entry : entries) {
      CataloguedRun added = entry.addTo(file);
      System.out.println("run %d: %s".formatted(added.id(), added.directory()));
    }
    return ExitCode.OK;
  }
}
