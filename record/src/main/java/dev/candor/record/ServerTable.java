package dev.candor.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Writes and reads server.parquet. */
final class ServerTable {
  /** A share that is above this is in percent, and so are all of its page's. */
  private static final double PERCENT = 1.01;

  private static final String SHARES =
      Stream.of(ServerMetric.values())
          .filter(metric -> metric.kind() == ServerMetric.Kind.SHARE)
          .map(metric -> "'" + metric.key() + "'")
          .collect(Collectors.joining(", "));

  private ServerTable() {}

  /** Writes {@code file} of what is in {@code log}; no file where that is nothing. */
  static void write(DuckDBConnection connection, Path log, Path file)
      throws SQLException, IOException {
    if (!Files.exists(log) || Files.size(log) == 0) {
      return;
    }
    try (JsonTail<ServerSample> samples = new JsonTail<>(log, ServerSample.class)) {
      write(connection, appender -> samples.read(sample -> append(appender, sample)), file);
    }
  }

  /** Writes {@code file} of {@code samples}; no file where there are none. */
  static void write(DuckDBConnection connection, List<ServerSample> samples, Path file)
      throws SQLException, IOException {
    if (!samples.isEmpty()) {
      write(
          connection,
          appender -> {
            for (ServerSample sample : samples) {
              append(appender, sample);
            }
          },
          file);
    }
  }

  /** Appends all rows. */
  private interface Rows {
    void to(DuckDBAppender appender) throws SQLException, IOException;
  }

  private static void write(DuckDBConnection connection, Rows rows, Path file)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE server (at_ns BIGINT, target INTEGER, metric VARCHAR, value DOUBLE, part VARCHAR, le DOUBLE)");
      try (DuckDBAppender appender = connection.createAppender("server")) {
        rows.to(appender);
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
    if (sample.part() == null) {
      appender.appendNull();
    } else {
      appender.append(sample.part());
    }
    if (sample.le() == null) {
      appender.appendNull();
    } else {
      appender.append(sample.le().doubleValue());
    }
    appender.endRow();
  }

  /**
   * Hands over the samples in {@code file}, in the order of time; none where there is no such file.
   * Shares that a page has in percent come as shares.
   */
  static void forEach(Connection connection, Path file, Consumer<ServerSample> consumer)
      throws SQLException {
    if (!Files.exists(file)) {
      return;
    }
    String table = "read_parquet(%s)".formatted(Database.literal(file));
    try (Statement statement = connection.createStatement()) {
      Set<String> columns = columns(statement, table);
      Set<String> percent = percent(statement, table);
      // Files of before 2026-12 have neither parts nor buckets.
      String sql =
          "SELECT at_ns, target, metric, value, %s, %s FROM %s ORDER BY at_ns"
              .formatted(
                  columns.contains("part") ? "part" : "NULL::VARCHAR",
                  columns.contains("le") ? "le" : "NULL::DOUBLE",
                  table);
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          String metric = String.valueOf(row.getString(3));
          int target = row.getInt(2);
          double value = row.getDouble(4);
          consumer.accept(
              new ServerSample(
                  row.getLong(1),
                  target,
                  ServerMetric.ofKey(metric),
                  percent.contains(target + metric) ? value / 100 : value,
                  row.getString(5),
                  nullable(row, 6)));
        }
      }
    }
  }

  private static @Nullable Double nullable(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(value);
  }

  private static Set<String> columns(Statement statement, String table) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (ResultSet row = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
      while (row.next()) {
        columns.add(String.valueOf(row.getString(1)));
      }
    }
    return columns;
  }

  /** Which shares of which page are in percent: those that were ever above 1. */
  private static Set<String> percent(Statement statement, String table) throws SQLException {
    Set<String> percent = new HashSet<>();
    String sql =
        "SELECT target, metric FROM %s WHERE metric IN (%s) GROUP BY target, metric HAVING max(value) > %s"
            .formatted(table, SHARES, PERCENT);
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        percent.add(row.getInt(1) + String.valueOf(row.getString(2)));
      }
    }
    return percent;
  }
}
