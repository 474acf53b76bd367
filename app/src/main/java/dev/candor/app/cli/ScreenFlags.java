package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import picocli.CommandLine.Option;

/** What a run prints (docs/terminal.md). */
final class ScreenFlags {
  @Option(names = "--json", description = "Print summary.json on standard output, nothing else.")
  boolean json;

  @Option(
      names = "--json-lines",
      description =
          "Print JSON on standard output, an object a line: each second as it is over, the summary last.")
  boolean jsonLines;

  @Option(names = "--quiet", description = "Print the verdict alone.")
  boolean quiet;

  /**
   * The screen that was asked for.
   *
   * @throws CandorException where two were
   */
  Screen screen() {
    if ((json ? 1 : 0) + (jsonLines ? 1 : 0) + (quiet ? 1 : 0) > 1) {
      throw CandorException.user(
          "--json, --json-lines, --quiet: found more than one of them, must be one or none");
    }
    return json ? Screen.JSON : jsonLines ? Screen.JSON_LINES : quiet ? Screen.QUIET : Screen.FULL;
  }
}
