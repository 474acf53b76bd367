package dev.candor.app;

import dev.candor.app.cli.CandorCommand;
import dev.candor.app.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One call of the command line, in this process. */
record Invocation(int exitCode, String output, String error) {

  /** Whether it was a run without a fault, on a machine that was too busy to measure or not. */
  boolean carriedOut() {
    return exitCode == ExitCode.OK || exitCode == ExitCode.CLIENT_LIMITED;
  }

  static synchronized Invocation of(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int exitCode = CandorCommand.execute(args);
      return new Invocation(
          exitCode,
          said.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
