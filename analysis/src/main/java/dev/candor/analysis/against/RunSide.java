package dev.candor.analysis.against;

import dev.candor.base.error.CandorException;
import dev.candor.record.RunDirectory;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the two runs.
 *
 * @param name for messages
 * @param summary its summary.json
 */
public record RunSide(String name, JsonNode summary, Scenario scenario) {

  /**
   * The run in {@code directory}.
   *
   * @throws CandorException where it has no summary.json, or one that is not one
   */
  public static RunSide read(RunDirectory directory) {
    if (!Files.exists(directory.summaryJson())) {
      throw CandorException.user(
          "%s: has no summary.json; candor report %s writes it"
              .formatted(directory.path(), directory.path()));
    }
    try {
      JsonNode summary = JsonMapper.shared().readTree(Files.readString(directory.summaryJson()));
      if (!summary.path("phases").isArray()) {
        throw CandorException.user(
            "%s: is not the summary of a run; candor report %s writes it anew"
                .formatted(directory.summaryJson(), directory.path()));
      }
      return new RunSide(
          directory.path().toString(),
          summary,
          ScenarioFile.readRecorded(directory.scenarioYaml()));
    } catch (IOException | JacksonException e) {
      throw CandorException.user(
          "%s: cannot be read: %s".formatted(directory.summaryJson(), e.getMessage()));
    }
  }

  List<JsonNode> phases() {
    List<JsonNode> phases = new ArrayList<>();
    summary.path("phases").forEach(phases::add);
    return phases;
  }

  String verdict() {
    return summary.path("verdict").stringValue("");
  }

  boolean isSimulated() {
    for (JsonNode note : summary.path("notes")) {
      if (note.stringValue("").startsWith("simulated:")) {
        return true;
      }
    }
    return false;
  }
}
