package dev.candor.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code candor history}: its list, unless a command below it is named. */
@Command(
    name = "history",
    description =
        "Keeps the figures of runs in a catalogue, and shows how they change from run to run (docs/history.md). Without a command: the runs in it.",
    subcommands = {
      HistoryListCommand.class,
      HistoryAddCommand.class,
      HistoryShowCommand.class,
      HistoryChartCommand.class,
      HistoryCompareCommand.class,
      HistoryRemoveCommand.class
    },
    synopsisSubcommandLabel = "[COMMAND]")
final class HistoryCommand implements Callable<Integer> {
  @Mixin final HistoryFlags flags = new HistoryFlags();

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() {
    return HistoryListCommand.list(flags, json);
  }
}
