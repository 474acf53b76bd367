package dev.candor.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The client's seconds from the log of a run. Each is told of twice: as soon as it is over, and
 * again when all is known of it; what was said last holds.
 */
final class HealthLog {
  private HealthLog() {}

  /** The seconds in {@code log}, in order. */
  static Collection<HealthWindow> read(Path log) throws IOException {
    TreeMap<Integer, HealthWindow> seconds = new TreeMap<>();
    if (Files.exists(log)) {
      try (JsonTail<HealthWindow> windows = new JsonTail<>(log, HealthWindow.class)) {
        windows.read(window -> seconds.put(window.second(), window));
      }
    }
    return seconds.values();
  }

  /** Writes {@code file} of them. */
  static void write(DuckDBConnection connection, Path log, Path file)
      throws SQLException, IOException {
    write(connection, read(log), file);
  }

  /** Writes {@code file} of {@code windows}. */
  static void write(DuckDBConnection connection, Collection<HealthWindow> windows, Path file)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(HealthTable.CREATE);
      try (DuckDBAppender appender = connection.createAppender("client")) {
        for (HealthWindow window : windows) {
          HealthTable.append(appender, window);
        }
      }
      statement.execute("COPY client TO %s (FORMAT parquet)".formatted(Database.literal(file)));
    }
  }
}
