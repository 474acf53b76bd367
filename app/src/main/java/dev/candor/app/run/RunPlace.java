package dev.candor.app.run;

import dev.candor.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where a run is kept: as asked, or under {@code runs/} by time and name. */
public final class RunPlace {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunPlace() {}

  /** The directory of a run that starts at {@code start}. */
  public static Path of(Scenario scenario, Instant start) {
    Path asked = scenario.output().directory();
    if (asked != null) {
      return asked;
    }
    String name = STAMP.format(start) + "-" + scenario.name().replaceAll("[^A-Za-z0-9._-]+", "-");
    Path place = Path.of("runs", name);
    for (int i = 2; Files.exists(place); i++) {
      place = Path.of("runs", name + "-" + i);
    }
    return place;
  }
}
