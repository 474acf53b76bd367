package dev.candor.record;

import dev.candor.base.error.CandorException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a finished run. <b>For one thread.</b> */
public final class RunReader implements AutoCloseable {
  private final RunDirectory directory;
  private final DuckDBConnection connection;
  private final RunInfo info;

  private RunReader(RunDirectory directory, DuckDBConnection connection, RunInfo info) {
    this.directory = directory;
    this.connection = connection;
    this.info = info;
  }

  /**
   * Opens the run in {@code path}.
   *
   * @throws CandorException where there is none, or it is damaged
   */
  public static RunReader open(Path path) {
    RunDirectory directory = RunDirectory.existing(path);
    try {
      RunInfo info = JsonMapper.shared().readValue(directory.runJson().toFile(), RunInfo.class);
      return new RunReader(directory, Database.open(""), info);
    } catch (JacksonException e) {
      throw CandorException.user(
          "%s is damaged: %s".formatted(directory.runJson(), e.getOriginalMessage()));
    } catch (SQLException e) {
      throw damaged(directory, e);
    }
  }

  public RunInfo info() {
    return info;
  }

  public RunDirectory directory() {
    return directory;
  }

  /**
   * Checks that its attempts have the instants of their tokens.
   *
   * @throws CandorException where they have not
   */
  public void requireTokens() {
    if (info.figuresOnly()) {
      throw CandorException.user(
          "%s was simulated with simulation.records: figures, and has no instants of tokens; simulate its scenario.yaml again with --records tokens, and they will be there"
              .formatted(directory.path()));
    }
  }

  /** Hands over every attempt, in the order of intent. */
  public void forEachAttempt(Consumer<AttemptRecord> consumer) {
    try {
      AttemptRows.forEach(connection, Database.literal(directory.attemptsParquet()), consumer);
    } catch (SQLException e) {
      throw damaged(directory, e);
    }
  }

  /** The client's own health, second by second. */
  public List<HealthWindow> health() {
    List<HealthWindow> windows = new ArrayList<>();
    String sql =
        "SELECT * FROM read_parquet(%s)".formatted(Database.literal(directory.clientParquet()));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        windows.add(HealthTable.read(row));
      }
    } catch (SQLException e) {
      throw damaged(directory, e);
    }
    return windows;
  }

  /**
   * What the server told of itself, in the order of time, engines of a page together and without
   * the buckets of histograms; empty where it told nothing.
   */
  public List<ServerSample> server() {
    List<ServerSample> samples = new ArrayList<>();
    forEachServerSample(
        sample -> {
          if (sample.part() == null && sample.le() == null) {
            samples.add(sample);
          }
        });
    return samples;
  }

  /** Hands over all that the server told of itself, in the order of time. */
  public void forEachServerSample(Consumer<ServerSample> consumer) {
    try {
      ServerTable.forEach(connection, directory.serverParquet(), consumer);
    } catch (SQLException e) {
      throw damaged(directory, e);
    }
  }

  /** Hands over {@code metrics} of every second that windows.parquet has, in the order of time. */
  public void forEachWindow(Collection<String> metrics, Consumer<WindowValue> consumer) {
    String names =
        metrics.stream()
            .map(name -> "'" + name.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    forEachWindow("WHERE metric IN (%s)".formatted(names), consumer);
  }

  /** Hands over all of windows.parquet, in the order of time. */
  public void forEachWindow(Consumer<WindowValue> consumer) {
    forEachWindow("", consumer);
  }

  private void forEachWindow(String where, Consumer<WindowValue> consumer) {
    String sql =
        "SELECT second, phase, metric, value FROM read_parquet(%s) %s ORDER BY second, metric, phase"
            .formatted(Database.literal(directory.windowsParquet()), where);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        consumer.accept(
            new WindowValue(row.getInt(1), row.getString(2), row.getString(3), row.getDouble(4)));
      }
    } catch (SQLException e) {
      throw damaged(directory, e);
    }
  }

  /** Writes windows.parquet: a row a second and metric. */
  public void writeWindows(Stream<WindowValue> values) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TABLE windows (second INTEGER, phase VARCHAR, metric VARCHAR, value DOUBLE)");
      try (var appender = connection.createAppender("windows")) {
        for (Iterator<WindowValue> each = values.iterator(); each.hasNext(); ) {
          WindowValue value = each.next();
          appender.beginRow();
          appender.append(value.second());
          appender.append(value.phase());
          appender.append(value.metric());
          appender.append(value.value());
          appender.endRow();
        }
      }
      statement.execute(
          "COPY windows TO %s (FORMAT parquet, COMPRESSION zstd)"
              .formatted(Database.literal(directory.windowsParquet())));
    } catch (SQLException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  /** A figure of one second; {@code metric} as in docs/metrics.md, times in milliseconds. */
  public record WindowValue(int second, String phase, String metric, double value) {}

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw damaged(directory, e);
    }
  }

  private static CandorException damaged(RunDirectory directory, SQLException e) {
    return CandorException.user(
        "the records in %s cannot be read: %s".formatted(directory.path(), e.getMessage()));
  }
}
