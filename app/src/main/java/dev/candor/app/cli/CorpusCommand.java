package dev.candor.app.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code candor corpus}: the commands below it do the work. */
@Command(
    name = "corpus",
    description = "Production traffic as a file (docs/corpora.md).",
    subcommands = {
      CorpusImportCommand.class,
      CorpusScrubCommand.class,
      CorpusShowCommand.class,
      CorpusSampleCommand.class,
      CorpusCompareCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class CorpusCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
    }
    return ExitCode.USAGE;
  }
}
