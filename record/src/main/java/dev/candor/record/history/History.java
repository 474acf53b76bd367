package dev.candor.record.history;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.Database;
import dev.candor.record.history.CataloguedRun.Figure;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of runs, open: no other process has it meanwhile. <b>For one thread.</b> Every call
 * is one transaction.
 */
public final class History implements AutoCloseable {
  private final Path file;
  private final HistoryFile lock;
  private final DuckDBConnection connection;

  private History(Path file, HistoryFile lock, DuckDBConnection connection) {
    this.file = file;
    this.lock = lock;
    this.connection = connection;
  }

  /**
   * Opens the catalogue in {@code file}, and makes it where there is none.
   *
   * @param told hears that another process has it, and that it waits
   * @throws CandorException where it cannot be opened, is damaged, or is of a later Candor
   */
  public static History open(Path file, Consumer<String> told) {
    HistoryFile lock = HistoryFile.take(file, told);
    DuckDBConnection connection = null;
    boolean open = false;
    try {
      connection = Database.open(file.toString());
      Schema.bring(connection, file);
      open = true;
      return new History(file, lock, connection);
    } catch (SQLException e) {
      throw CandorException.user(
          "%s: cannot be opened as a history: %s; is it damaged? Name another with --history, and add the runs again"
              .formatted(file, firstLine(e)));
    } finally {
      if (!open) {
        closeQuietly(connection);
        lock.close();
      }
    }
  }

  private static void closeQuietly(@Nullable DuckDBConnection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // What is told of is why it could not be used.
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Adds a run, in place of what is there of the same directory and start.
   *
   * @return it, with its number
   */
  public CataloguedRun add(CataloguedRun run, List<Figure> figures) {
    return transaction(
        () -> {
          Long known = numberOf(run);
          long id = known == null ? next() : known;
          if (known != null) {
            delete(known);
          }
          CataloguedRun numbered = run.numbered(id);
          insert(numbered, figures);
          return numbered;
        });
  }

  private @Nullable Long numberOf(CataloguedRun run) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM runs WHERE directory = ? AND start_ms = ?")) {
      statement.setString(1, run.directory());
      statement.setLong(2, run.start().toEpochMilli());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? (Long) row.getLong(1) : null;
      }
    }
  }

  private long next() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT nextval('run_ids')")) {
      var _ = row.next();
      return row.getLong(1);
    }
  }

  private void insert(CataloguedRun run, List<Figure> figures) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setLong(1, run.id());
      statement.setString(2, run.directory());
      statement.setString(3, run.scenario());
      statement.setString(4, run.scenarioHash());
      statement.setArray(5, connection.createArrayOf("VARCHAR", run.tags().toArray()));
      statement.setString(6, run.version());
      statement.setLong(7, run.start().toEpochMilli());
      statement.setString(8, run.verdict());
      statement.setString(9, run.commit());
      var _ = statement.executeUpdate();
    }
    try (var appender = connection.createAppender("figures")) {
      for (Figure figure : figures) {
        appender.beginRow();
        appender.append(run.id());
        appender.append(figure.phase());
        appender.append(figure.metric());
        appender.append(figure.value());
        appender.endRow();
      }
    }
  }

  /**
   * Takes a run out; its directory stays.
   *
   * @return whether it was there
   */
  public boolean remove(long id) {
    return transaction(() -> delete(id));
  }

  private boolean delete(long id) throws SQLException {
    try (PreparedStatement figures =
            connection.prepareStatement("DELETE FROM figures WHERE run = ?");
        PreparedStatement runs = connection.prepareStatement("DELETE FROM runs WHERE id = ?")) {
      figures.setLong(1, id);
      var _ = figures.executeUpdate();
      runs.setLong(1, id);
      return runs.executeUpdate() > 0;
    }
  }

  /** All runs, in the order in which they started; those of an instant as they were added. */
  public List<CataloguedRun> runs() {
    return asked(
        () -> {
          List<CataloguedRun> runs = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT * FROM runs ORDER BY start_ms, id")) {
            while (row.next()) {
              runs.add(read(row));
            }
          }
          return runs;
        });
  }

  private static CataloguedRun read(ResultSet row) throws SQLException {
    Object[] tags = (Object[]) row.getArray("tags").getArray();
    return new CataloguedRun(
        row.getLong("id"),
        String.valueOf(row.getString("directory")),
        String.valueOf(row.getString("scenario")),
        String.valueOf(row.getString("scenario_hash")),
        Arrays.stream(tags).map(String::valueOf).toList(),
        String.valueOf(row.getString("version")),
        Instant.ofEpochMilli(row.getLong("start_ms")),
        String.valueOf(row.getString("verdict")),
        row.getString("commit_id"));
  }

  /** The values of {@code metric} in {@code phase}, by the number of the run. */
  public SortedMap<Long, Double> values(String phase, String metric) {
    return asked(
        () -> {
          SortedMap<Long, Double> values = new TreeMap<>();
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT run, value FROM figures WHERE phase = ? AND metric = ?")) {
            statement.setString(1, phase);
            statement.setString(2, metric);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                values.put(row.getLong(1), row.getDouble(2));
              }
            }
          }
          return values;
        });
  }

  /** All metrics that any run has. */
  public List<String> metrics() {
    return names("metric");
  }

  /** All phases that any run has. */
  public List<String> phases() {
    return names("phase");
  }

  private List<String> names(String column) {
    return asked(
        () -> {
          List<String> names = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "SELECT DISTINCT %1$s FROM figures ORDER BY %1$s".formatted(column))) {
            while (row.next()) {
              names.add(String.valueOf(row.getString(1)));
            }
          }
          return names;
        });
  }

  /** What is done with the database. */
  private interface Work<T> {
    T done() throws SQLException;
  }

  private <T> T asked(Work<T> work) {
    try {
      return work.done();
    } catch (SQLException e) {
      throw damaged(e);
    }
  }

  private <T> T transaction(Work<T> work) {
    try {
      connection.setAutoCommit(false);
      try {
        T result = work.done();
        connection.commit();
        return result;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw damaged(e);
    }
  }

  private CandorException damaged(SQLException e) {
    return new CandorException(
        ErrorCode.TARGET, "the history in %s cannot be used: %s".formatted(file, firstLine(e)), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw damaged(e);
    } finally {
      lock.close();
    }
  }
}
