package dev.candor.report.picture;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.server.ServerCurve;
import dev.candor.analysis.server.ServerSeconds;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.report.picture.Lines.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client's own curves and, below them, the server's, over the same seconds. */
public final class ServerPictures {
  private static final double GIBIBYTE = 1 << 30;

  private final TimeLine time;
  private final ServerSeconds server;
  private final List<Window> windows;
  private final List<Mark> marks;
  private final List<Picture> pictures = new ArrayList<>();

  private ServerPictures(Analysis analysis, TimeLine time) {
    this.time = time;
    server = analysis.server();
    windows = analysis.windows();
    EarlyWarning warning = analysis.summary().earlyWarning();
    marks = warning == null ? List.of() : WarningPictures.marks(warning);
  }

  /** None where the server told nothing. */
  public static List<Picture> of(Analysis analysis, TimeLine time) {
    if (analysis.summary().server() == null) {
      return List.of();
    }
    ServerPictures pictures = new ServerPictures(analysis, time);
    pictures.draw();
    return pictures.pictures;
  }

  private void draw() {
    List<Series> ttft = new ArrayList<>();
    ttft.add(time.highest("p50 (client)", Window::ttftP50));
    ttft.add(time.highest("max (client)", Window::ttftMax));
    add(ttft, "mean (server)", ServerCurve.TTFT_MEAN, 1);
    picture(
        "server-ttft",
        server.has(ServerCurve.TTFT_MEAN)
            ? "Time to first token, by both"
            : "Time to first token, by the client",
        "What users felt; what the server told of the same seconds is below. Beyond the server's"
            + " own figure lie the network, what stands before the server, and the client.",
        PlotAxis.fromZero("TTFT", "ms"),
        ttft);
    if (server.has(ServerCurve.KV_USAGE) || server.has(ServerCurve.HIT_RATE)) {
      List<Series> series = new ArrayList<>();
      add(series, "in use", ServerCurve.KV_USAGE, 100);
      add(series, "found in the prefix cache", ServerCurve.HIT_RATE, 100);
      picture(
          "server-kv",
          "KV cache",
          "Full, it makes requests wait or lose their place: what follows is seen in TTFT above.",
          PlotAxis.fromZero("share", "%"),
          series);
    }
    if (server.has(ServerCurve.RUNNING) || server.has(ServerCurve.WAITING)) {
      List<Series> series = new ArrayList<>();
      series.add(time.mean("in flight (client)", window -> window.inFlight()));
      add(series, "running (server)", ServerCurve.RUNNING, 1);
      add(series, "waiting (server)", ServerCurve.WAITING, 1);
      picture(
          "server-queue",
          "Running and waiting",
          "What waits at the server is a queue; what is in flight and neither runs nor waits is"
              + " between client and server.",
          PlotAxis.fromZero("requests", ""),
          series);
    }
    if (ever(ServerCurve.PREEMPTIONS)) {
      only(
          "server-preemptions",
          "Preemptions",
          "Requests that lost their place in the KV cache, and whose prompts are computed again.",
          PlotAxis.fromZero("in a second", ""),
          "preemptions",
          ServerCurve.PREEMPTIONS,
          1);
    }
    if (server.has(ServerCurve.OUTPUT_TPS)) {
      List<Series> series = new ArrayList<>();
      series.add(time.mean("client", window -> window.outputTps()));
      add(series, "server", ServerCurve.OUTPUT_TPS, 1);
      picture(
          "server-output",
          "Output tokens, by both",
          "Tokens that the server made and the client did not get went to others, or to answers"
              + " cut off.",
          PlotAxis.fromZero("output", "tok/s"),
          series);
    }
    gpu();
  }

  private void gpu() {
    only(
        "gpu-power",
        "GPU power",
        "All GPUs together.",
        PlotAxis.fromZero("power", "W"),
        "power",
        ServerCurve.GPU_POWER,
        1);
    only(
        "gpu-memory",
        "GPU memory in use",
        "All GPUs together.",
        PlotAxis.fromZero("memory", "GiB"),
        "in use",
        ServerCurve.GPU_MEMORY_USED,
        1 / GIBIBYTE);
    only(
        "gpu-busy",
        "GPU busy",
        "The busiest GPU; busy is not the same as used well.",
        PlotAxis.fromZero("busy", "%"),
        "busiest",
        ServerCurve.GPU_UTIL,
        100);
  }

  private void only(
      String id,
      String title,
      String see,
      PlotAxis y,
      String line,
      ServerCurve curve,
      double scale) {
    if (server.has(curve)) {
      List<Series> series = new ArrayList<>();
      add(series, line, curve, scale);
      picture(id, title, see, y, series);
    }
  }

  private void picture(String id, String title, String see, PlotAxis y, List<Series> series) {
    Lines lines = time.lines(y, null, series);
    pictures.add(
        new Picture(
            id,
            title,
            see + time.thinned(),
            new Lines(lines.x(), lines.at(), y, null, lines.series(), lines.spans(), marks)));
  }

  private void add(List<Series> series, String name, ServerCurve curve, double scale) {
    if (server.has(curve)) {
      series.add(
          curve == ServerCurve.TTFT_MEAN
              ? time.highest(name, value(curve, scale))
              : time.mean(name, value(curve, scale)));
    }
  }

  private Function<Window, @Nullable Double> value(ServerCurve curve, double scale) {
    return window -> {
      Double value = server.at(curve, window.second());
      return value == null ? null : Double.valueOf(value * scale);
    };
  }

  private boolean ever(ServerCurve curve) {
    return windows.stream()
        .anyMatch(
            window -> {
              Double value = server.at(curve, window.second());
              return value != null && value > 0;
            });
  }
}
