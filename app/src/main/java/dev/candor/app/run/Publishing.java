package dev.candor.app.run;

import dev.candor.app.cli.Version;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.CoreSharing;
import dev.candor.load.driver.LoadRun;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.RunDirectory;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.telemetry.RunTelemetry;
import dev.candor.telemetry.figures.PhaseName;
import dev.candor.telemetry.figures.RunFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run's figures where its scenario's {@code publish} says; nothing where it says nothing.
 * Methods of {@link RecordListener} are for the writer's thread, the others for the run's.
 */
final class Publishing implements RecordListener, AutoCloseable {
  private final @Nullable RunTelemetry telemetry;
  private final AtomicReference<@Nullable LoadRun> load = new AtomicReference<>();

  /** Asked of the load once each: it is not to wait for who publishes. */
  private final Map<Integer, PhaseName> names = new ConcurrentHashMap<>();

  private Publishing(Scenario scenario, RunDirectory place, String target, Clock clock) {
    String run = String.valueOf(place.path().toAbsolutePath().normalize().getFileName());
    telemetry =
        scenario.publish().anywhere()
            ? RunTelemetry.open(
                new RunFacts(run, scenario, target, Version.text()),
                clock,
                this::name,
                CoreSharing::yieldToLoops)
            : null;
    if (telemetry != null && telemetry.page() != null) {
      System.err.println("candor: figures for Prometheus on " + telemetry.page());
    }
  }

  /**
   * Opens the ways that {@code scenario} names.
   *
   * @throws dev.candor.base.error.CandorException where a port is taken
   */
  static Publishing open(Scenario scenario, RunDirectory place, String target, Clock clock) {
    return new Publishing(scenario, place, target, clock);
  }

  /** An attempt that an earlier process has recorded; ahead of {@link #begins}. */
  void earlier(AttemptRecord attempt) {
    if (telemetry != null) {
      telemetry.earlier(attempt);
    }
  }

  /**
   * Hears of the load before it starts.
   *
   * @param start of the run on the calendar
   */
  void begins(LoadRun run, Instant start) {
    load.set(run);
    if (telemetry != null) {
      telemetry.begin(start);
    }
  }

  @Override
  public void attempt(AttemptRecord attempt) {
    if (telemetry != null) {
      telemetry.attempt(attempt);
    }
  }

  @Override
  public void second(HealthWindow window, BooleanSupplier limited) {
    if (telemetry != null) {
      telemetry.second(window, limited.getAsBoolean());
    }
  }

  /**
   * All is recorded: publishes the last of it.
   *
   * @param interrupted whether the user wants it to end: nobody is waited for
   * @return what a reader of the run must know of it
   */
  List<String> end(boolean interrupted) throws InterruptedException {
    return telemetry == null ? List.of() : telemetry.end(interrupted);
  }

  /** Waits for who reads the figures, as long as the scenario says at most. */
  void awaitLastReading() throws InterruptedException {
    if (telemetry != null) {
      telemetry.awaitLastReading();
    }
  }

  @Override
  public void close() {
    if (telemetry != null) {
      telemetry.close();
    }
  }

  private PhaseName name(int index) {
    LoadRun run = load.get();
    PhaseName known = names.get(index);
    if (known == null && run != null) {
      LoadStep step = run.step(index);
      known = new PhaseName(step.name(), step.warmup());
      names.put(index, known);
    }
    return known == null ? new PhaseName(Integer.toString(index), false) : known;
  }
}
