package dev.candor.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Records a run as it happens. What was added outlives the process after a second, whatever ends
 * that. <b>Safe for use by several threads; never an event loop's.</b>
 */
public final class RunWriter implements AutoCloseable {
  private final RunDirectory directory;

  /** One of the two is there. */
  private final @Nullable AttemptLog attempts;

  private final @Nullable AttemptTable ordered;
  private final @Nullable JsonLog health;
  private final @Nullable JsonLog server;

  /** Of an ordered run, in place of logs. */
  private final SortedMap<Integer, HealthWindow> seconds = new TreeMap<>();

  private final List<ServerSample> told = new ArrayList<>();
  private boolean finished;

  private RunWriter(
      RunDirectory directory,
      @Nullable AttemptLog attempts,
      @Nullable AttemptTable ordered,
      @Nullable JsonLog health,
      @Nullable JsonLog server) {
    this.directory = directory;
    this.attempts = attempts;
    this.ordered = ordered;
    this.health = health;
    this.server = server;
  }

  /** Opens the record of a new run; a failure names the directory. */
  public static RunWriter open(RunDirectory directory) {
    try {
      return new RunWriter(
          directory,
          AttemptLog.create(directory.attemptLog()),
          null,
          JsonLog.create(directory.clientLog()),
          JsonLog.create(directory.serverLog()));
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /**
   * Opens the record of a run that is made anew in no time, should its process die: its attempts
   * are added in the order of intent and, of equals, by number, and are written as they will stay,
   * all else at the end.
   */
  public static RunWriter openOrdered(RunDirectory directory) {
    try {
      return new RunWriter(
          directory, null, new AttemptTable(directory.attemptsParquet()), null, null);
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
          null,
          JsonLog.reopen(directory.clientLog(), left.logged().clientBytes()),
          JsonLog.reopen(directory.serverLog(), left.logged().serverBytes()));
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Adds an attempt that has ended. */
  public synchronized void append(AttemptRecord attempt) {
    try {
      if (attempts != null) {
        attempts.append(attempt);
      } else if (ordered != null) {
        ordered.append(attempt);
      }
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
    if (health == null) {
      seconds.put(window.second(), window);
      return;
    }
    try {
      health.append(window);
      // The second last: where it can be read, so can the attempts that ended in it.
      flush();
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Adds what the server told of itself. */
  public synchronized void appendServer(List<ServerSample> samples) {
    if (server == null) {
      told.addAll(samples);
      return;
    }
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
        flush();
      }
      // Without the lock: this takes as long as the disk does, and the records do not wait.
      if (attempts != null && server != null && health != null) {
        attempts.sync();
        server.sync();
        health.sync();
      }
      RunTables.writeJson(Checkpoint.of(soFar, nonce), directory.checkpoint());
    } catch (IOException | JacksonException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Writes the Parquet files and run.json; nothing can be added afterwards. */
  public synchronized void finish(RunInfo info) {
    try {
      flush();
      if (attempts != null) {
        RunTables.writeAttempts(directory, attempts.size());
        RunTables.write(directory, info);
      } else if (ordered != null) {
        ordered.finish();
        RunTables.write(directory, info, seconds.values(), told);
      }
      finished = true;
    } catch (SQLException | IOException | JacksonException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  private void flush() throws IOException {
    if (attempts != null && server != null && health != null) {
      attempts.flush();
      server.flush();
      health.flush();
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (attempts != null) {
        attempts.close();
      }
      if (ordered != null) {
        ordered.close();
      }
      if (server != null && health != null) {
        server.close();
        health.close();
      }
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
