package dev.candor.report.html;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.server.ServerCurve;
import dev.candor.analysis.server.ServerSeconds;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pictures of the client's own curves and, below them, the server's, over the same seconds. */
final class ServerTimeline {
  private static final double GIBIBYTE = 1 << 30;

  private final List<Window> windows;
  private final ServerSeconds server;
  private final StringBuilder html = new StringBuilder();

  private ServerTimeline(Analysis analysis) {
    windows = analysis.windows();
    server = analysis.server();
  }

  /** The section; empty where the server told nothing. */
  static String of(Analysis analysis) {
    return analysis.summary().server() == null ? "" : new ServerTimeline(analysis).section();
  }

  private String section() {
    html.append("<section><h2>Client and server on one clock</h2><p class=see>")
        .append("The client's curves first, then what the server told of itself; ")
        .append("a second is the same second in all pictures.</p>");
    if (server.has(ServerCurve.RUNNING) || server.has(ServerCurve.WAITING)) {
      picture(
          "Running and waiting",
          curve(
              curve(
                  new LineChart(windows, "requests")
                      .line("in flight (client)", "s1", window -> window.inFlight()),
                  "running (server)",
                  "s3",
                  ServerCurve.RUNNING,
                  1),
              "waiting (server)",
              "s2",
              ServerCurve.WAITING,
              1));
    }
    LineChart ttft =
        new LineChart(windows, "ms")
            .line("p50 (client)", "s1", Window::ttftP50)
            .line("max (client)", "s2", Window::ttftMax);
    picture("Time to first token", curve(ttft, "mean (server)", "s3", ServerCurve.TTFT_MEAN, 1));
    if (server.has(ServerCurve.KV_USAGE) || server.has(ServerCurve.HIT_RATE)) {
      picture(
          "KV cache",
          curve(
              curve(new LineChart(windows, "%"), "in use", "s1", ServerCurve.KV_USAGE, 100),
              "found in the prefix cache",
              "s3",
              ServerCurve.HIT_RATE,
              100));
    }
    if (ever(ServerCurve.PREEMPTIONS)) {
      only("Preemptions", "in a second", "", ServerCurve.PREEMPTIONS, 1);
    }
    if (server.has(ServerCurve.OUTPUT_TPS)) {
      picture(
          "Output tokens",
          curve(
              new LineChart(windows, "tok/s").line("client", "s1", window -> window.outputTps()),
              "server",
              "s3",
              ServerCurve.OUTPUT_TPS,
              1));
    }
    only("GPU power", "all GPUs", "W", ServerCurve.GPU_POWER, 1);
    only("GPU memory in use", "all GPUs", "GiB", ServerCurve.GPU_MEMORY_USED, 1 / GIBIBYTE);
    only("GPU busy", "the busiest", "%", ServerCurve.GPU_UTIL, 100);
    return html.append("</section>").toString();
  }

  private void only(String title, String line, String unit, ServerCurve curve, double scale) {
    if (server.has(curve)) {
      picture(title, curve(new LineChart(windows, unit), line, "s3", curve, scale));
    }
  }

  private void picture(String title, LineChart chart) {
    html.append("<h3>").append(title).append("</h3>").append(chart.svg(title + " over time"));
  }

  private LineChart curve(
      LineChart chart, String name, String style, ServerCurve curve, double scale) {
    return server.has(curve) ? chart.line(name, style, value(curve, scale)) : chart;
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
