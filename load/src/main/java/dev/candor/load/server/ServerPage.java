package dev.candor.load.server;

import dev.candor.record.ServerMetric;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one page of metrics tells, all of its engines together.
 *
 * @param figures without histograms
 * @param requests that have ended since the server's start, null where it does not tell
 */
public record ServerPage(Map<ServerMetric, Double> figures, @Nullable Double requests) {
  public ServerPage {
    figures = Map.copyOf(figures);
  }

  /** Reads {@code text}; what is not known is left out. */
  public static ServerPage of(String text) {
    Map<ServerMetric, Double> figures = new EnumMap<>(ServerMetric.class);
    Double requests = null;
    for (PageReading.Told told : PageReading.of(text)) {
      Double bound = told.le();
      if (told.part() == null && bound == null) {
        figures.put(told.metric(), told.value());
      } else if (told.metric() == ServerMetric.E2E_BUCKET && bound != null && bound.isInfinite()) {
        requests = told.value();
      }
    }
    return new ServerPage(figures, requests);
  }
}
