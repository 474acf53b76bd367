package dev.candor.report.html;

import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.LimitReason;
import dev.candor.report.console.Figures;
import dev.candor.report.html.Section.Part;
import java.util.ArrayList;
import java.util.List;

/** The first seconds of a run as a table; windows.parquet has them all. */
final class SecondsTable {
  private static final int ROWS_SHOWN = 600;

  private SecondsTable() {}

  static List<Section> of(List<Window> windows) {
    if (windows.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    for (Window w : windows.subList(0, Math.min(ROWS_SHOWN, windows.size()))) {
      rows.add(
          List.of(
              Integer.toString(w.second()),
              w.phase(),
              Cells.ms(w.ttftP50()),
              Cells.ms(w.itlP50()),
              Cells.ms(w.itlP99()),
              alive(w, Figures.number(w.outputTps())),
              alive(w, Figures.number(w.inFlight())),
              alive(w, Integer.toString(w.ended())),
              alive(w, Integer.toString(w.failed())),
              w.dead() ? "lost: the run's process was dead" : LimitReason.words(w.limits())));
    }
    return List.of(
        new Section(Part.TABLES, "seconds", "Second by second, as numbers")
            .see("windows.parquet has every second with all its figures.")
            .folded(
                windows.size() > ROWS_SHOWN
                    ? "The first %d of %d seconds".formatted(ROWS_SHOWN, windows.size())
                    : "%d seconds".formatted(windows.size()),
                List.of(
                    "second",
                    "phase",
                    "TTFT p50",
                    "ITL p50",
                    "ITL p99",
                    "tok/s",
                    "in flight",
                    "ended",
                    "failed",
                    "client limited by"),
                rows));
  }

  /** Nothing is known of a second that was lost, and nothing is not zero. */
  private static String alive(Window window, String figure) {
    return window.dead() ? "n/a" : figure;
  }
}
