package dev.candor.record.history;

import dev.candor.base.error.CandorException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The catalogue's tables, by version. A file of an older version is brought to this one, step by
 * step, in one transaction, as it is opened; a file of a newer one is left alone.
 */
final class Schema {
  /**
   * What leads from each version to the next, from that of an empty file on. Steps are never
   * changed once released: a change is a step more.
   */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE SEQUENCE run_ids",
              """
              CREATE TABLE runs (
                id BIGINT PRIMARY KEY, directory VARCHAR NOT NULL, scenario VARCHAR NOT NULL,
                scenario_hash VARCHAR NOT NULL, tags VARCHAR[] NOT NULL, version VARCHAR NOT NULL,
                start_ms BIGINT NOT NULL, verdict VARCHAR NOT NULL, commit_id VARCHAR)
              """,
              "CREATE TABLE figures (run BIGINT NOT NULL, phase VARCHAR NOT NULL, metric VARCHAR NOT NULL, value DOUBLE NOT NULL)"));

  static final int VERSION = STEPS.size();

  private Schema() {}

  /**
   * Brings the file that {@code connection} has open to this version.
   *
   * @throws CandorException where it is of a later one, or no catalogue
   */
  static void bring(Connection connection, Path file) throws SQLException {
    int found = version(connection, file);
    if (found > VERSION) {
      throw CandorException.user(
          "%s is a history of version %d, and this Candor knows up to %d; use the newer Candor that made it, or another file"
              .formatted(file, found, VERSION));
    }
    if (found == VERSION) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      for (List<String> step : STEPS.subList(found, VERSION)) {
        for (String sql : step) {
          statement.execute(sql);
        }
      }
      statement.execute("CREATE TABLE IF NOT EXISTS candor_history (version INTEGER NOT NULL)");
      statement.execute("DELETE FROM candor_history");
      statement.execute("INSERT INTO candor_history VALUES (" + VERSION + ")");
      statement.execute("COMMIT");
    }
  }

  private static int version(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT count(*), count(*) FILTER (table_name = 'candor_history') FROM duckdb_tables()")) {
        var _ = row.next();
        if (row.getLong(1) == 0) {
          return 0;
        }
        if (row.getLong(2) == 0) {
          throw CandorException.user(
              "%s is a DuckDB file, but no history of Candor's; name another with --history"
                  .formatted(file));
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT version FROM candor_history")) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }
}
