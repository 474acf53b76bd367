package dev.candor.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Writes and reads server.parquet. */
final class ServerTable {
  private ServerTable() {}

  /** Writes {@code file} of what is in {@code log}; no file where that is nothing. */
  static void write(DuckDBConnection connection, Path log, Path file)
      throws SQLException, IOException {
    if (!Files.exists(log) || Files.size(log) == 0) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE server (at_ns BIGINT, target INTEGER, metric VARCHAR, value DOUBLE)");
      try (DuckDBAppender appender = connection.createAppender("server");
          JsonTail<ServerSample> samples = new JsonTail<>(log, ServerSample.class)) {
        samples.read(sample -> append(appender, sample));
      }
      statement.execute(
          "COPY server TO %s (FORMAT parquet, COMPRESSION zstd)".formatted(Database.literal(file)));
    }
  }

  private static void append(DuckDBAppender appender, ServerSample sample) throws SQLException {
    appender.beginRow();
    appender.append(sample.atNanos());
    appender.append(sample.target());
    appender.append(sample.metric().key());
    appender.append(sample.value());
    appender.endRow();
  }

  /** The samples in {@code file}; none where there is no such file. */
  static List<ServerSample> read(Connection connection, Path file) throws SQLException {
    List<ServerSample> samples = new ArrayList<>();
    if (!Files.exists(file)) {
      return samples;
    }
    String sql =
        "SELECT at_ns, target, metric, value FROM read_parquet(%s)"
            .formatted(Database.literal(file));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        samples.add(
            new ServerSample(
                row.getLong(1),
                row.getInt(2),
                ServerMetric.ofKey(String.valueOf(row.getString(3))),
                row.getDouble(4)));
      }
    }
    return samples;
  }
}
