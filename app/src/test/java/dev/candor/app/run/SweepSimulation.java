package dev.candor.app.run;

import dev.candor.analysis.StepFigures;
import dev.candor.analysis.Summary;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.saturation.SaturationAnalysis;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.SchedulerLimits;
import dev.candor.engine.StepTime;
import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Timeouts;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A sweep against the engine simulator, in virtual time. */
final class SweepSimulation {
  private static final long MS = 1_000_000;
  private static final long TICK = 100 * MS;

  final VirtualRun run;
  final List<AttemptRecord> attempts = new ArrayList<>();

  /** Whether every second from now on shows the client rather than the server. */
  boolean clientLimited;

  private final Scenario scenario;
  private final Sweep sweep;
  private final SweepControl control;

  SweepSimulation(
      Scenario scenario,
      EngineSettings engine,
      Seed seed,
      Distribution input,
      Distribution output) {
    this.scenario = scenario;
    this.sweep = Objects.requireNonNull(scenario.sweep());
    run = new VirtualRun(engine, seed, input, output, Timeouts.DEFAULT);
    control = new SweepControl(scenario, sweep, run.load, 0, () -> true, () -> {});
    run.onAttempt(attempts::add);
    run.onAttempt(control::add);
    run.onSecond(
        second ->
            control.second(
                second.second(), second.inFlight(), second.tokenEvents(), clientLimited));
  }

  /**
   * An engine whose KV cache holds {@code sequences} requests of up to {@code tokens} at a time; a
   * further one waits until one of them has ended.
   */
  static EngineSettings holding(int sequences, int tokens) {
    return new EngineSettings(
        new StepTime(0, 20 * MS, 5_000, 0, 50_000, 0, 0.02, MS, 0),
        new SchedulerLimits(256, 8192, 8192, true, 0, 0),
        new KvCacheSettings(16, sequences * Math.ceilDiv(tokens, 16), false));
  }

  /** An engine that runs {@code requests} at a time and refuses what comes beyond them. */
  static EngineSettings refusingBeyond(int requests) {
    EngineSettings large = holding(500, 1200);
    return large.withLimits(new SchedulerLimits(requests - 1, 8192, 8192, true, 0, 1));
  }

  /** The scenario that {@code yaml} writes. */
  static Scenario scenario(Path folder, String yaml) {
    try {
      Path file = folder.resolve("sweep.yaml");
      Files.writeString(file, yaml);
      return ScenarioFile.read(file, Overrides.NONE, variable -> null);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Carries it out and analyses it. */
  Saturation saturation() {
    tick();
    run.start();
    run.finish();
    List<Summary.Phase> figures = new ArrayList<>();
    List<PhaseRecord> phases = control.marked(run.load.phases());
    for (PhaseRecord phase : phases) {
      figures.add(
          StepFigures.of(
              phase,
              attempts.stream()
                  .filter(a -> a.phase() == phase.index() || a.phase() == phase.index() - 1)
                  .toList(),
              scenario));
    }
    return SaturationAnalysis.of(sweep, phases, figures, List.of(), control.stoppedBy());
  }

  List<PhaseRecord> phases() {
    return control.marked(run.load.phases());
  }

  /** The step that is under way. */
  String doing() {
    return control.doing();
  }

  private void tick() {
    try {
      control.tick(run.time.nanoTime());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (!control.doing().equals("over")) {
      run.time.after(TICK, this::tick);
    }
  }
}
