package dev.candor.analysis.plan;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** plan.json; docs/plan.md has its keys, which are the names of the records' members. */
public final class PlanJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private PlanJson() {}

  public static String text(CapacityPlan plan) {
    return JSON.writeValueAsString(plan) + "\n";
  }

  /**
   * A plan that was written.
   *
   * @throws CandorException where it is none
   */
  public static CapacityPlan read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), CapacityPlan.class);
    } catch (IOException | JacksonException | NullPointerException e) {
      throw CandorException.user(
          "%s: is not a plan of this version; candor plan writes it anew: %s"
              .formatted(file, e.getMessage()));
    }
  }
}
