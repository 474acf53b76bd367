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
    String name = name(scenario.name(), start);
    Path place = Path.of("runs", name);
    for (int i = 2; Files.exists(place); i++) {
      place = Path.of("runs", name + "-" + i);
    }
    return place;
  }

  /** Of the directory of a run of {@code scenario}: by time, so that the latest is the last. */
  public static String name(String scenario, Instant start) {
    return STAMP.format(start) + "-" + scenario.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
