package dev.candor.app.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code candor profile}: the commands below it do the work. */
@Command(
    name = "profile",
    description = "Engines that the mock and the simulation can be (docs/profiles.md).",
    subcommands = {ProfileListCommand.class, ProfileShowCommand.class, ProfileDeriveCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class ProfileCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
    }
    return ExitCode.USAGE;
  }
}
