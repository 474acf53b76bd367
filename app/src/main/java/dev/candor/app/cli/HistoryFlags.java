package dev.candor.app.cli;

import dev.candor.app.history.HistoryPlace;
import dev.candor.app.history.RunSelection;
import dev.candor.base.error.CandorException;
import dev.candor.record.history.CataloguedRun;
import dev.candor.record.history.History;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which history, and which of its runs. */
final class HistoryFlags {
  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "The history's file; CANDOR_HISTORY, else $XDG_DATA_HOME/candor/history.duckdb.")
  @Nullable String history;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "Runs of the scenario of this name alone.")
  @Nullable String scenario;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Runs with this tag alone; may be repeated, all are needed.")
  List<String> tags = List.of();

  @Option(names = "--last", paramLabel = "N", description = "The latest N runs alone.")
  @Nullable Integer last;

  Path file() {
    return HistoryPlace.of(history, System::getenv);
  }

  /**
   * Works on the history.
   *
   * @throws CandorException where there is none yet
   */
  <T> T open(Function<History, T> work) {
    Path file = file();
    if (!Files.exists(file)) {
      throw CandorException.user(
          "%s: there is no history there yet; candor history add RUN makes it".formatted(file));
    }
    try (History opened = History.open(file, HistoryFlags::tell)) {
      return work.apply(opened);
    }
  }

  static void tell(String message) {
    System.err.println("candor: " + message);
  }

  List<CataloguedRun> selected(History opened) {
    if (last != null) {
      last = MockCommand.atLeast("--last", last, 1);
    }
    return new RunSelection(scenario, tags, last).of(opened.runs());
  }
}
