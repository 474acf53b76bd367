package dev.candor.app.run;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.LeftRun;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunLock;
import dev.candor.record.RunTail;
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

  /** For the gaps that earlier processes have left. */
  private final RunInfo run;

  private long shownNanos;

  private RunFollower(RunDirectory directory, RunTail tail, LiveListener live) {
    this.directory = directory;
    this.tail = tail;
    this.live = live;
    this.run = LeftRun.readCheckpoint(directory).run();
    this.figures = new LiveFigures(ScenarioFile.readRecorded(directory.scenarioYaml()));
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
    if (directory.isUnfinished()) {
      try (RunTail tail = RunTail.open(directory)) {
        new RunFollower(directory, tail, live).watch();
      }
    }
    awaitReports(directory);
    if (directory.isUnfinished()) {
      throw new CandorException(
          ErrorCode.TARGET,
          "%s: the run's process ended without a report; candor report makes what it has left readable, candor run --resume goes on with it"
              .formatted(path),
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
      live.update(figures.snapshot(run.activeNanos(0, shownNanos)));
    }
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
