package dev.candor.app.cli;

import dev.candor.analysis.compare.CompareOptions;
import dev.candor.analysis.compare.ComparedRun;
import dev.candor.analysis.compare.Comparing;
import dev.candor.app.history.Baseline;
import dev.candor.app.history.RunEntry;
import dev.candor.app.run.Recovery;
import dev.candor.record.RunDirectory;
import dev.candor.record.history.CataloguedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor history compare}. */
@Command(
    name = "compare",
    description =
        "Holds a run against the last one of the same scenario that passed, as candor compare does. Exit code 1 where anything is worse.")
final class HistoryCompareCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NEW",
      description = "The run's directory; it need not be in the history.")
  @Nullable Path fresh;

  @Option(
      names = "--baseline",
      paramLabel = "TAG|last",
      description =
          "The last good run with this tag; last: with the tags of the new run. last unless said otherwise.")
  String baseline = Baseline.LAST;

  @Option(
      names = "--by-name",
      description = "Take a run of the same name for one of the same scenario, whatever differs.")
  boolean byName;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "The history's file; CANDOR_HISTORY, else $XDG_DATA_HOME/candor/history.duckdb.")
  @Nullable String history;

  @Mixin final CompareFlags flags = new CompareFlags();

  @Override
  public Integer call() {
    CompareOptions options = flags.options();
    RunDirectory directory = Recovery.readable(Objects.requireNonNull(fresh));
    CataloguedRun asNew = RunEntry.of(directory, List.of(), System::getenv).run();
    HistoryFlags place = new HistoryFlags();
    place.history = history;
    List<CataloguedRun> all = place.open(opened -> opened.runs());
    CataloguedRun base = Baseline.of(all, asNew, baseline, byName);
    ComparedRun was = ComparedRun.read(Recovery.readable(Path.of(base.directory())));
    return flags.show(
        Comparing.of(List.of(was), List.of(List.of(ComparedRun.read(directory))), options));
  }
}
