package dev.candor.report.picture;

import dev.candor.analysis.Analysis.Window;
import org.jspecify.annotations.Nullable;

/** The client's own health over time. */
public final class ClientPictures {
  private ClientPictures() {}

  /** How late the client was. */
  public static Picture lateness(TimeLine time) {
    return new Picture(
        "client",
        "How late Candor was",
        "Near zero, the figures are the server's. Where the client was too late they are its own:"
            + " those seconds are shaded in every picture, with the reason."
            + time.thinned(),
        time.lines(
            PlotAxis.fromZero("late by", "ms"),
            PlotAxis.fromZero("CPU in use", "%"),
            java.util.List.of(
                time.highest("event loop late, p99", Window::loopDelayP99),
                time.highest("sends late, p99", Window::sendLatenessP99),
                time.highest("longest JVM stop", ClientPictures::longestStop),
                time.meanOnTheRight("CPU of the cores allowed", window -> 100 * window.cpu()))));
  }

  /** Of all threads or, where a collector let one wait for memory, of one. */
  private static @Nullable Double longestStop(Window window) {
    Double stop = window.stopMax() == null ? window.gcMax() : window.stopMax();
    Double stall = window.allocationStallMax();
    return stop == null || stall == null ? stop : Double.valueOf(Math.max(stop, stall));
  }
}
