package dev.candor.app.run;

/** What a run's figures were measured on. */
public final class Machine {
  private Machine() {}

  /** In a line, for the record. */
  public static String describe() {
    return "%d cores, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version());
  }
}
