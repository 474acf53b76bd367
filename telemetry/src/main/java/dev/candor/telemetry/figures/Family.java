package dev.candor.telemetry.figures;

import java.util.List;

/**
 * Figures of one name.
 *
 * @param name in Prometheus's style: its unit, and {@code _total} behind a counter
 */
public record Family(String name, String help, Kind kind, List<Sample> samples) {
  /** How values of a family follow each other. */
  public enum Kind {
    /** Never goes down. */
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  public Family {
    samples = List.copyOf(samples);
  }
}
