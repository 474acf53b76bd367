package dev.candor.app.run;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.Checkpoint;
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunLock;
import dev.candor.record.RunTail;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches a run that another process carries out, by the logs that it writes. <b>For one
 * thread.</b>
 */
public final class RunFollower {
  private static final long LOOK_EVERY_MILLIS = 500;

  private final RunDirectory directory;
  private final RunTail tail;
  private final LiveFigures figures;
  private final LiveListener live;
  private final boolean sweep;

  /** For the gaps that earlier processes have left. */
  private final RunInfo run;

  private Checkpoint checkpoint;
  private long shownNanos;

  private RunFollower(RunDirectory directory, RunTail tail, LiveListener live) {
    this.directory = directory;
    this.tail = tail;
    this.live = live;
    this.checkpoint = LeftRun.readCheckpoint(directory);
    this.run = checkpoint.run();
    Scenario scenario = ScenarioFile.readRecorded(directory.scenarioYaml());
    this.sweep = scenario.sweep() != null;
    this.figures = new LiveFigures(scenario);
    figures.gaps(run.gaps());
  }

  /**
   * Shows the run in {@code path} until it has ended and its reports are written; at once back
   * where that is so.
   *
   * @throws CandorException where there is no run, or its process dies
   */
  public static void follow(Path path, LiveListener live) throws InterruptedException {
    RunDirectory directory = new RunDirectory(path);
    if (!directory.isUnfinished() && !RunLock.isHeld(directory)) {
      return;
    }
    boolean sweep = false;
    if (directory.isUnfinished()) {
      try (RunTail tail = RunTail.open(directory)) {
        RunFollower follower = new RunFollower(directory, tail, live);
        sweep = follower.sweep;
        follower.watch();
      }
    }
    awaitReports(directory);
    if (directory.isUnfinished()) {
      throw new CandorException(
          ErrorCode.TARGET,
          "%s: the run's process ended without a report; candor report makes what it has left readable, %s"
              .formatted(
                  path,
                  sweep ? "a sweep cannot be resumed" : "candor run --resume goes on with it"),
          null);
    }
  }

  private void watch() throws InterruptedException {
    boolean over;
    do {
      // Ahead of the logs: what the process wrote last is then in them.
      over = !RunLock.isHeld(directory) || Files.exists(directory.runJson());
      look();
      if (!over) {
        pause();
      }
    } while (!over);
    live.finished();
  }

  /** Shows what is new, if a second is over since the last time. */
  private void look() {
    tail.read(figures::add, figures::add);
    if (tail.lastNanos() > shownNanos) {
      shownNanos = tail.lastNanos();
      long active = run.activeNanos(0, shownNanos);
      live.update(sweep ? figures.snapshot(active, doing()) : figures.snapshot(active));
    }
  }

  /** What a sweep is at. Its steps are not known ahead: the last checkpoint has the latest. */
  private String doing() {
    try {
      checkpoint = LeftRun.readCheckpoint(directory);
    } catch (CandorException e) {
      // The run has just ended, and what it needs no more is gone.
    }
    PhaseRecord latest = checkpoint.planned().getLast();
    return shownNanos < latest.endNanos() ? latest.name() : "between steps";
  }

  private static void awaitReports(RunDirectory directory) throws InterruptedException {
    while (RunLock.isHeld(directory)) {
      pause();
    }
  }

  private static void pause() throws InterruptedException {
    var _ = new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }
}
