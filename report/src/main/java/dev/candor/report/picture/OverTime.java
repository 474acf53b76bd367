package dev.candor.report.picture;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.record.PhaseRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run second by second: load against latency, throughput and goodput, requests. */
public final class OverTime {
  private final List<Window> windows;
  private final TimeLine time;
  private final Map<String, Double> users = new LinkedHashMap<>();
  private final Map<String, Double> rates = new LinkedHashMap<>();

  public OverTime(Analysis analysis, TimeLine time) {
    this(analysis.run().phases(), analysis.windows(), time);
  }

  OverTime(List<PhaseRecord> phases, List<Window> windows, TimeLine time) {
    this.windows = windows;
    this.time = time;
    for (PhaseRecord phase : phases) {
      Integer many = phase.users();
      Double rate = phase.ratePerSecond();
      // Of a ramp only the end is known: the line has a gap there.
      if (many != null && !phase.ramp()) {
        users.put(phase.name(), many.doubleValue());
      } else if (rate != null && !phase.ramp()) {
        rates.put(phase.name(), rate);
      }
    }
  }

  /** All of them that have anything to show. */
  public List<Picture> pictures() {
    List<Picture> pictures = new ArrayList<>();
    pictures.add(ttft());
    pictures.add(itl());
    pictures.add(throughput());
    pictures.add(requests());
    return pictures;
  }

  /** Whether users waited for more than the server: otherwise both TTFTs are one. */
  public static boolean waitedToBeSent(List<Window> windows) {
    return windows.stream().anyMatch(OverTime::waitedToBeSent);
  }

  private static boolean waitedToBeSent(Window window) {
    Double sent = window.ttftP50();
    Double intended = window.ttftIntendedP50();
    return sent != null && intended != null && intended > 1.1 * sent;
  }

  /** TTFT with the load. */
  public Picture ttft() {
    List<Series> series = new ArrayList<>();
    series.add(time.highest("p50", Window::ttftP50));
    series.add(time.highest("p90", Window::ttftP90));
    series.add(time.highest("max", Window::ttftMax));
    if (waitedToBeSent(windows)) {
      series.add(
          time.highest("p50 from intent, with the wait to be sent", Window::ttftIntendedP50));
    }
    return picture(
        "ttft-over-time",
        "Time to first token over time",
        "Half came faster than p50. Where max stands far above it, some users waited for what the"
            + " median hides.",
        PlotAxis.fromZero("TTFT", "ms"),
        series);
  }

  private Picture itl() {
    return picture(
        "itl-over-time",
        "Inter-token latency over time",
        "A rise under steady load means that the server's batches grow; a spike is a stall that"
            + " every user saw.",
        PlotAxis.fromZero("ITL", "ms"),
        List.of(
            time.highest("p50", Window::itlP50),
            time.highest("p90", Window::itlP90),
            time.highest("p99", Window::itlP99)));
  }

  private Picture picture(String id, String title, String see, PlotAxis y, List<Series> latencies) {
    List<Series> series = new ArrayList<>(latencies);
    series.add(load());
    PlotAxis right =
        users.isEmpty() ? PlotAxis.fromZero("rate", "requests/s") : PlotAxis.fromZero("users", "");
    return new Picture(id, title, see + time.thinned(), time.lines(y, right, series));
  }

  /** Users where users make the load, else the rate that was asked for, or what came of a trace. */
  private Series load() {
    if (!users.isEmpty()) {
      return time.meanOnTheRight("users", window -> users.get(window.phase()));
    }
    return rates.isEmpty()
        ? time.meanOnTheRight("requests", window -> (double) window.arrivals())
        : time.meanOnTheRight("rate asked for", window -> rates.get(window.phase()));
  }

  private Picture throughput() {
    return new Picture(
        "throughput",
        "Throughput and goodput over time",
        "Tokens in the second in which they came. Throughput that stays while goodput falls: the"
            + " server is busy, and its users are not served."
            + time.thinned(),
        time.lines(
            PlotAxis.fromZero("output", "tok/s"),
            PlotAxis.fromZero("goodput", "%"),
            List.of(
                time.mean("output tokens", window -> window.outputTps()),
                time.meanOnTheRight("goodput", OverTime::goodput))));
  }

  private static @Nullable Double goodput(Window window) {
    Double ratio = window.goodput();
    return ratio == null ? null : Double.valueOf(100 * ratio);
  }

  private Picture requests() {
    return new Picture(
        "requests",
        "Requests over time",
        "In flight, and what ended or failed in a second. A number in flight that grows under a"
            + " steady rate is a queue."
            + time.thinned(),
        time.lines(
            PlotAxis.fromZero("requests", ""),
            time.mean("in flight", window -> window.inFlight()),
            time.mean("ended", window -> (double) window.ended()),
            time.mean("failed", window -> (double) window.failed())));
  }
}
