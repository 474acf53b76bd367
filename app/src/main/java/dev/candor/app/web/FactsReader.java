package dev.candor.app.web;

import dev.candor.analysis.history.SummaryFigures;
import dev.candor.app.web.RunFacts.State;
import dev.candor.base.error.CandorException;
import dev.candor.record.LeftRun;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunLock;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what lists of runs show. What a finished run has come to is kept until its summary changes.
 * Safe for use by any thread.
 */
final class FactsReader {
  private static final int MOST_KEPT = 2_000;

  private final Map<Path, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Kept> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record Kept(FileTime summary, long bytes, RunFacts facts) {}

  /** Never fails: of a run that cannot be read the reason is told. */
  RunFacts read(String id, RunDirectory run) {
    try {
      boolean atWork = RunLock.isHeld(run);
      if (!atWork && Files.isRegularFile(run.runJson()) && Files.isRegularFile(run.summaryJson())) {
        return finished(id, run);
      }
      return unfinished(id, run, atWork ? State.RUNNING : State.LEFT);
    } catch (CandorException | JacksonException | IOException e) {
      return unreadable(id, String.valueOf(e.getMessage()));
    }
  }

  private static RunFacts unreadable(String id, String why) {
    return new RunFacts(
        id, id, State.LEFT, null, why, null, null, null, null, List.of(), null, null, Map.of());
  }

  private RunFacts finished(String id, RunDirectory run) throws IOException {
    FileTime changed = Files.getLastModifiedTime(run.summaryJson());
    long bytes = Files.size(run.summaryJson());
    synchronized (kept) {
      Kept known = kept.get(run.path());
      if (known != null && known.summary().equals(changed) && known.bytes() == bytes) {
        return known.facts();
      }
    }
    RunFacts facts = read(id, run, JsonMapper.shared().readTree(run.summaryJson().toFile()));
    synchronized (kept) {
      kept.put(run.path(), new Kept(changed, bytes, facts));
    }
    return facts;
  }

  private static RunFacts read(String id, RunDirectory run, JsonNode summary) {
    RunInfo info = JsonMapper.shared().readValue(run.runJson().toFile(), RunInfo.class);
    Map<String, Double> figures = new LinkedHashMap<>();
    SummaryFigures.of(summary).stream()
        .filter(figure -> figure.phase().equals(SummaryFigures.OVERALL))
        .forEach(figure -> figures.put(figure.metric().intern(), figure.value()));
    JsonNode overall = summary.path("overall");
    return new RunFacts(
        id,
        info.scenario(),
        State.FINISHED,
        summary.path("verdict").stringValue(null),
        summary.path("verdict_reason").stringValue(null),
        info.start(),
        info.durationNanos() / 1e9,
        info.target(),
        info.model(),
        tags(run),
        overall.path("requests").path("intended").isNumber()
            ? (Long) overall.path("requests").path("intended").longValue(0)
            : null,
        overall.path("cost").path("currency").stringValue(null),
        figures);
  }

  private static RunFacts unfinished(String id, RunDirectory run, State state) {
    RunInfo info = info(run);
    String why =
        state == State.LEFT
            ? "its process ended without a report; candor report %s makes what it has left readable"
                .formatted(id)
            : null;
    return new RunFacts(
        id,
        info == null ? scenario(id, run) : info.scenario(),
        state,
        null,
        why,
        info == null ? null : info.start(),
        info == null ? null : (Double) (info.durationNanos() / 1e9),
        info == null ? null : info.target(),
        info == null ? null : info.model(),
        tags(run),
        null,
        null,
        Map.of());
  }

  /** As the last checkpoint has it, or the end, whose reports are being written. */
  private static @Nullable RunInfo info(RunDirectory run) {
    try {
      return run.isUnfinished()
          ? LeftRun.readCheckpoint(run).run()
          : Files.isRegularFile(run.runJson())
              ? JsonMapper.shared().readValue(run.runJson().toFile(), RunInfo.class)
              : null;
    } catch (CandorException e) {
      // It has just ended.
      return null;
    }
  }

  private static String scenario(String id, RunDirectory run) {
    try {
      return ScenarioFile.readRecorded(run.scenarioYaml()).name();
    } catch (CandorException e) {
      return id;
    }
  }

  private static List<String> tags(RunDirectory run) {
    try {
      return ScenarioFile.readRecorded(run.scenarioYaml()).tags();
    } catch (CandorException e) {
      // Of a version of Candor that knew other keys.
      return List.of();
    }
  }
}
