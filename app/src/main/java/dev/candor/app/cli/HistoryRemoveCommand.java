package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.record.history.CataloguedRun;
import dev.candor.record.history.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor history remove}. */
@Command(
    name = "remove",
    description = "Takes runs out of the history; their directories stay as they are.")
final class HistoryRemoveCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Numbers as candor history lists them, or directories.")
  List<String> runs = List.of();

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "The history's file; CANDOR_HISTORY, else $XDG_DATA_HOME/candor/history.duckdb.")
  @Nullable String history;

  @Override
  public Integer call() {
    HistoryFlags place = new HistoryFlags();
    place.history = history;
    int removed = place.open(this::remove);
    System.out.println("removed: %d".formatted(removed));
    return ExitCode.OK;
  }

  private int remove(History opened) {
    List<Long> meant = new ArrayList<>();
    for (String run : runs) {
      List<Long> found =
          opened.runs().stream().filter(each -> is(each, run)).map(CataloguedRun::id).toList();
      if (found.isEmpty()) {
        throw CandorException.user(
            "%s: no run of the history; candor history lists their numbers and directories"
                .formatted(run));
      }
      meant.addAll(found);
    }
    return (int) meant.stream().distinct().filter(opened::remove).count();
  }

  private static boolean is(CataloguedRun run, String named) {
    return Long.toString(run.id()).equals(named)
        || run.directory().equals(Path.of(named).toAbsolutePath().normalize().toString());
  }
}
