package dev.candor.record;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records a run as it happens. <b>For one thread at a time; never an event loop's.</b> */
public final class RunWriter implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final int SORTED_AT_ONCE = 32 << 20;

  private final RunDirectory directory;
  private final DuckDBConnection connection;
  private final AttemptLog attempts;
  private final DuckDBAppender health;
  private boolean appenderOpen = true;

  private RunWriter(RunDirectory directory) throws SQLException, IOException {
    this.directory = directory;
    connection = Database.open(directory.database().toString());
    try (Statement statement = connection.createStatement()) {
      statement.execute(HealthTable.CREATE);
    }
    attempts = new AttemptLog(directory.attemptLog(), SORTED_AT_ONCE);
    health = connection.createAppender("client");
    // One thread at a time is this class's own contract; handing over is the callers' business.
    health.unsafeBreakThreadConfinement();
  }

  /** Opens the record of a new run; a failure names the directory. */
  public static RunWriter open(RunDirectory directory) {
    try {
      return new RunWriter(directory);
    } catch (SQLException | IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Adds an attempt that has ended. */
  public void append(AttemptRecord attempt) {
    try {
      attempts.append(attempt);
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /**
   * Adds a second of the client's own health, and brings all that was added so far to disk: a full
   * one is noticed while the run lasts, and a crash loses a second.
   */
  public void append(HealthWindow window) {
    try {
      HealthTable.append(health, window);
      attempts.flush();
      health.flush();
    } catch (SQLException | IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Writes what the server told of itself while the run lasted; no file where that is nothing. */
  public void writeServer(List<ServerSample> samples) {
    try {
      if (!samples.isEmpty()) {
        ServerTable.write(connection, samples, directory.serverParquet());
      }
    } catch (SQLException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** Writes the Parquet files and run.json; nothing can be added afterwards. */
  public void finish(RunInfo info) {
    try {
      closeAppender();
      try (AttemptTable table = new AttemptTable(directory.attemptsParquet())) {
        attempts.inOrder(table::append);
        table.finish();
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "COPY (SELECT * FROM client ORDER BY second) TO %s (FORMAT parquet)"
                .formatted(Database.literal(directory.clientParquet())));
      }
      Files.writeString(directory.runJson(), JSON.writeValueAsString(info));
    } catch (SQLException | IOException | JacksonException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  private void closeAppender() throws SQLException {
    if (appenderOpen) {
      appenderOpen = false;
      health.close();
    }
  }

  @Override
  public void close() {
    try {
      attempts.flush();
      attempts.close();
      closeAppender();
      connection.close();
      if (Files.exists(directory.runJson())) {
        attempts.delete();
        Files.deleteIfExists(directory.database());
        Files.deleteIfExists(directory.path().resolve(".run.duckdb.wal"));
      }
    } catch (SQLException | IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }
}
