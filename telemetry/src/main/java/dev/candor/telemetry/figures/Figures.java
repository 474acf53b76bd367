package dev.candor.telemetry.figures;

import java.time.Instant;
import java.util.List;

/**
 * All figures as they stood at one instant.
 *
 * @param at on the calendar
 */
public record Figures(Instant at, List<Family> families) {
  public Figures {
    families = List.copyOf(families);
  }
}
