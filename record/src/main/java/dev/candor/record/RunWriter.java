package dev.candor.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * Records a run as it happens. What was added outlives the process after a second, whatever ends
 * that. <b>Safe for use by several threads; never an event loop's.</b>
 */
public final class RunWriter implements AutoCloseable {
  private final RunDirectory directory;
  private final AttemptLog attempts;
  private final JsonLog health;
  private final JsonLog server;
  private boolean finished;

  private RunWriter(RunDirectory directory, AttemptLog attempts, JsonLog health, JsonLog server) {
    this.directory = directory;
    this.attempts = attempts;
    this.health = health;
    this.server = server;
  }

  /** Opens the record of a new run; a failure names the directory. */
  public static RunWriter open(RunDirectory directory) {
    try {
      return new RunWriter(
          directory,
          AttemptLog.create(directory.attemptLog()),
          JsonLog.create(directory.clientLog()),
          JsonLog.create(directory.serverLog()));
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Goes on with a run whose process died; what was reported of it until then is taken back. */
  public static RunWriter reopen(LeftRun left) {
    RunDirectory directory = left.directory();
    try {
      for (Path stale :
          List.of(directory.runJson(), directory.summaryJson(), directory.reportHtml())) {
        Files.deleteIfExists(stale);
      }
      return new RunWriter(
          directory,
          AttemptLog.reopen(directory.attemptLog(), left.logged().attemptBytes()),
          JsonLog.reopen(directory.clientLog(), left.logged().clientBytes()),
          JsonLog.reopen(directory.serverLog(), left.logged().serverBytes()));
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Adds an attempt that has ended. */
  public synchronized void append(AttemptRecord attempt) {
    try {
      attempts.append(attempt);
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /**
   * Adds a second of the client's own health, and hands all that was added so far to the operating
   * system: a full disk is noticed while the run lasts, and a kill loses a second. A second that is
   * added again replaces what was said of it.
   */
  public synchronized void append(HealthWindow window) {
    try {
      health.append(window);
      // The second last: where it can be read, so can the attempts that ended in it.
      attempts.flush();
      server.flush();
      health.flush();
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Adds what the server told of itself. */
  public synchronized void appendServer(List<ServerSample> samples) {
    try {
      for (ServerSample sample : samples) {
        server.append(sample);
      }
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /**
   * Notes how far the run is, and brings all that was added so far to the disk.
   *
   * @param soFar with all its phases, those to come among them; its duration is how far it is
   * @param nonce salts its prompts
   */
  public void checkpoint(RunInfo soFar, long nonce) {
    try {
      synchronized (this) {
        attempts.flush();
        server.flush();
        health.flush();
      }
      // Without the lock: this takes as long as the disk does, and the records do not wait.
      attempts.sync();
      server.sync();
      health.sync();
      RunTables.writeJson(Checkpoint.of(soFar, nonce), directory.checkpoint());
    } catch (IOException | JacksonException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Writes the Parquet files and run.json; nothing can be added afterwards. */
  public synchronized void finish(RunInfo info) {
    try {
      attempts.flush();
      server.flush();
      health.flush();
      RunTables.write(directory, attempts.size(), info);
      finished = true;
    } catch (SQLException | IOException | JacksonException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      attempts.close();
      server.close();
      health.close();
      if (finished) {
        for (Path log : directory.logs()) {
          Files.deleteIfExists(log);
        }
      }
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }
}
