package dev.candor.app.plan;

import dev.candor.analysis.Verdict;
import dev.candor.analysis.against.RunSide;
import dev.candor.app.run.Recovery;
import dev.candor.base.error.CandorException;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.SweepStep;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A run that a plan is made from.
 *
 * @param name for people
 * @param holdStable the run's own verdict on its hold
 */
record PlannedRun(
    Path path,
    String name,
    RunInfo info,
    Scenario scenario,
    List<AttemptRecord> attempts,
    boolean holdStable) {

  /**
   * The runs in {@code paths}; a directory of {@code candor cache} stands for the runs in it.
   *
   * @param force whether to take those whose figures are the client's
   * @throws CandorException where one is none, or is INVALID
   */
  static List<PlannedRun> read(List<Path> paths, boolean force) {
    List<PlannedRun> runs = new ArrayList<>();
    for (Path path : paths) {
      List<Path> states =
          Stream.of("cold", "warm", "mixed")
              .map(path::resolve)
              .filter(state -> Files.isRegularFile(new RunDirectory(state).runJson()))
              .toList();
      for (Path each : states.isEmpty() ? List.of(path) : states) {
        runs.add(one(each, force));
      }
    }
    return runs;
  }

  private static PlannedRun one(Path path, boolean force) {
    RunDirectory directory = Recovery.readable(path);
    RunSide side = RunSide.read(directory);
    JsonNode summary = side.summary();
    if (summary.path("verdict").stringValue("").equals(Verdict.INVALID.key()) && !force) {
      throw CandorException.user(
          "%s: is INVALID (%s), so that its capacity may be the client's and not the server's; measure it again, or use --force"
              .formatted(path, summary.path("verdict_reason").stringValue("")));
    }
    try (RunReader reader = RunReader.open(directory.path())) {
      reader.requireTokens();
      List<AttemptRecord> attempts = new ArrayList<>();
      reader.forEachAttempt(attempts::add);
      return new PlannedRun(
          path,
          path.toString(),
          reader.info(),
          side.scenario(),
          attempts,
          summary.at("/saturation/hold/stable").asBoolean(false));
    }
  }

  boolean isSweep() {
    return scenario.sweep() != null;
  }

  /** The same by another name. */
  PlannedRun named(String other) {
    return new PlannedRun(path, other, info, scenario, attempts, holdStable);
  }

  /** Engines behind its address, as far as the run itself knows: of its own mock or simulation. */
  int replicas() {
    ClusterPlan cluster = scenario.simulation().cluster();
    if (info.machine().equals("simulated") && cluster != null) {
      return cluster.pools().stream().mapToInt(pool -> pool.engine().replicas()).sum();
    }
    return scenario.target().urls().isEmpty()
            && scenario.target().mock().times()
                instanceof MockSettings.Times.Simulated(MockEngine engine)
        ? engine.replicas()
        : 1;
  }

  /**
   * Conversations.
   *
   * @param perRequest how many begin for each request: what an open step's rate counts
   * @param seconds that one lasts, mean
   */
  record Sessions(double perRequest, double seconds) {}

  /**
   * Of those that began in the first half of the hold, or of the good steps: what was begun later
   * was cut by the step's end.
   */
  Sessions sessions() {
    Map<Long, long[]> found = new HashMap<>();
    for (SweepStep.Mark mark : List.of(SweepStep.Mark.HOLD, SweepStep.Mark.GOOD)) {
      for (PhaseRecord phase : info.phases()) {
        SweepStep sweep = phase.sweep();
        if (sweep != null && sweep.mark() == mark && !phase.warmup()) {
          begun(phase, found);
        }
      }
      if (!found.isEmpty()) {
        break;
      }
    }
    if (found.isEmpty()) {
      return new Sessions(1, 0);
    }
    long requests = 0;
    double nanos = 0;
    for (AttemptRecord a : attempts) {
      long[] span = found.get(a.session());
      if (span != null) {
        requests++;
        span[1] = Math.max(span[1], Math.max(a.end(), a.intended()));
      }
    }
    for (long[] span : found.values()) {
      nanos += span[1] - span[0];
    }
    return new Sessions(
        (double) found.size() / Math.max(requests, found.size()), nanos / 1e9 / found.size());
  }

  private void begun(PhaseRecord phase, Map<Long, long[]> found) {
    long from = phase.measuredFromNanos();
    long half = from + (phase.endNanos() - from) / 2;
    for (AttemptRecord a : attempts) {
      if (a.turn() == 0 && a.attempt() == 1 && a.intended() >= from && a.intended() < half) {
        found.put(a.session(), new long[] {a.intended(), a.intended()});
      }
    }
  }

  /** What of the prompt tokens the server's cache served, over the whole run. */
  double hitRate() {
    long input = 0;
    long cached = 0;
    for (AttemptRecord a : attempts) {
      if (a.outcome() == Outcome.COMPLETED && a.inputTokens() != AttemptRecord.NONE) {
        input += a.inputTokens();
        cached += Math.max(0, a.cachedTokens());
      }
    }
    return input == 0 ? 0 : (double) cached / input;
  }
}
