package dev.candor.app.web.start;

import dev.candor.app.JavaCommand;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts {@code candor run} as a process of its own, which neither the dashboard's load nor its end
 * disturbs: Ctrl-C at the dashboard's terminal, and the closing of that, do not reach it.
 */
final class RunLauncher {
  /** SIGTERM is what ends it; a signal that is ignored here is ignored by what takes its place. */
  private static final List<String> DETACHED =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  private RunLauncher() {}

  /**
   * Starts it.
   *
   * @param arguments of candor
   * @param output where all that it says goes
   */
  static Process start(List<String> arguments, Path output) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of(DETACHED.getFirst()))) {
      command.addAll(DETACHED);
    }
    command.addAll(JavaCommand.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(Redirect.PIPE);
    // A run has no use for it, and what it starts even less.
    builder.environment().remove("CANDOR_TOKEN");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "the run's process cannot be started: " + e.getMessage(), e);
    }
  }
}
