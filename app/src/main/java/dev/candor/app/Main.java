package dev.candor.app;

import dev.candor.app.cli.CandorCommand;
import java.util.Locale;

/** Starts the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // What is written for machines (SVG, JSON, CSV) has decimal points, wherever it is written.
    Locale.setDefault(Locale.ROOT);
    System.exit(CandorCommand.execute(args));
  }
}
