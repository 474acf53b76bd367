package dev.candor.report.console;

/** How far a run is, in words. */
final class LiveTime {
  private LiveTime() {}

  static String text(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120
        ? whole + "s"
        : whole < 7200
            ? "%dm%02ds".formatted(whole / 60, whole % 60)
            : "%dh%02dm".formatted(whole / 3600, whole / 60 % 60);
  }
}
