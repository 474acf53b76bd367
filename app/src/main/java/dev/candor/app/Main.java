package dev.candor.app;

import dev.candor.app.cli.CandorCommand;

/** Starts the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(CandorCommand.execute(args));
  }
}
