package dev.candor.report.picture;

import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mean time of a request by HTTP phase, new and kept connections apart. */
public final class HttpPictures {
  /** In the order of time; what is beside it, the round trip, is none of them. */
  private static final List<String> PHASES =
      List.of("blocked", "dns", "connect", "tls", "send", "wait", "receive");

  private HttpPictures() {}

  /** None where nothing was sent over HTTP. */
  public static List<Picture> of(Summary.Http http) {
    Map<String, Map<String, Summary.Latency>> bars = new LinkedHashMap<>();
    if (http.requestsOnNew() > 0) {
      bars.put("new connection", http.onNew());
    }
    if (http.requestsOnKept() > 0) {
      bars.put("kept connection", http.onKept());
    }
    if (bars.isEmpty()) {
      return List.of();
    }
    List<Series> series = new ArrayList<>();
    for (String phase : PHASES) {
      List<@Nullable Double> means = new ArrayList<>();
      bars.values().forEach(bar -> means.add(mean(bar, phase)));
      if (means.stream().anyMatch(mean -> mean != null && mean > 0)) {
        series.add(new Series(phase, means));
      }
    }
    return List.of(
        new Picture(
            "http",
            "Mean time by HTTP phase",
            "Wait is the server's queue and prefill, receive its tokens; all before them is"
                + " connecting, and a client that keeps connections is spared it.",
            new Bars(
                PlotAxis.fromZero("mean time", "ms"), List.copyOf(bars.keySet()), series, true)));
  }

  /** Over all requests of the bar: one that had no such phase had none of its time. */
  private static double mean(Map<String, Summary.Latency> bar, String phase) {
    Summary.Latency latency = bar.get(phase);
    Summary.Latency all = bar.get("wait");
    return latency == null || latency.mean() == null || all == null || all.count() == 0
        ? 0
        : latency.mean() * latency.count() / all.count();
  }
}
