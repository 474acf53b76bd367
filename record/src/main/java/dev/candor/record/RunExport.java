package dev.candor.record;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** A finished run's tables in another place, as CSV or as they are. */
public final class RunExport {
  private RunExport() {}

  /**
   * Writes attempts.csv, windows.csv, client.csv and, where the server told of itself, server.csv.
   * Columns of lists, the instants of single events, are left out.
   *
   * @param folder that is there
   * @return the files
   * @throws CandorException where one cannot be read or written
   */
  public static List<Path> csv(RunDirectory run, Path folder) {
    List<Path> written = new ArrayList<>();
    try (DuckDBConnection connection = Database.open("");
        Statement statement = connection.createStatement()) {
      for (Path table : tables(run)) {
        String name = String.valueOf(table.getFileName()).replace(".parquet", ".csv");
        Path file = folder.resolve(name);
        statement.execute(
            "COPY (SELECT %s FROM read_parquet(%s)) TO %s (FORMAT csv, HEADER)"
                .formatted(
                    columns(statement, table), Database.literal(table), Database.literal(file)));
        written.add(file);
      }
      return written;
    } catch (SQLException e) {
      throw Database.failed(folder, e);
    }
  }

  /**
   * Copies the run's Parquet files, instants of events and all.
   *
   * @param folder that is there
   * @return the files
   * @throws CandorException where one cannot be read or written
   */
  public static List<Path> parquet(RunDirectory run, Path folder) {
    List<Path> written = new ArrayList<>();
    try {
      for (Path table : tables(run)) {
        Path file = folder.resolve(String.valueOf(table.getFileName()));
        Files.copy(table, file, StandardCopyOption.REPLACE_EXISTING);
        written.add(file);
      }
      return written;
    } catch (IOException e) {
      throw Database.failed(folder, e);
    }
  }

  private static List<Path> tables(RunDirectory run) {
    List<Path> tables =
        List.of(
            run.attemptsParquet(), run.windowsParquet(), run.clientParquet(), run.serverParquet());
    return tables.stream().filter(Files::isRegularFile).toList();
  }

  private static String columns(Statement statement, Path table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "DESCRIBE SELECT * FROM read_parquet(%s)".formatted(Database.literal(table)))) {
      while (row.next()) {
        if (!row.getString("column_type").endsWith("[]")) {
          columns.add('"' + row.getString("column_name") + '"');
        }
      }
    }
    return String.join(", ", columns);
  }
}
