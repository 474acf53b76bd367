package dev.candor.record;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/** Embedded DuckDB, kept small: one thread, half a gigabyte. */
public final class Database {
  private Database() {}

  /** Opens {@code url}, without anything in it for a database in memory. */
  public static DuckDBConnection open(String url) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", "512MB");
    settings.setProperty("threads", "1");
    // Else a result is whole in memory before its first row is read.
    settings.setProperty("jdbc_stream_results", "true");
    return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + url, settings);
  }

  /** {@code file} as a literal of SQL. */
  public static String literal(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }

  static CandorException failed(Path directory, Exception e) {
    String message =
        String.valueOf(e.getMessage())
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst("^Appender error.*? message: ", "");
    return new CandorException(
        ErrorCode.TARGET,
        "cannot record the run in %s: %s; is the disk full? Make room there, or name another place with --out"
            .formatted(directory, message),
        e);
  }
}
