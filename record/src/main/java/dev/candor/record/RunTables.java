package dev.candor.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes the Parquet files of a run from its logs, and run.json. */
final class RunTables {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private RunTables() {}

  /**
   * Makes attempts.parquet.
   *
   * @param attemptBytes of the log of attempts, whole frames all
   */
  static void writeAttempts(RunDirectory directory, long attemptBytes) throws IOException {
    try (AttemptTable table = new AttemptTable(directory.attemptsParquet())) {
      new AttemptSort(directory.attemptLog(), attemptBytes, AttemptSort.AT_ONCE)
          .inOrder(table::append);
      table.finish();
    }
  }

  /** Writes all else, run.json last: a directory that has it is whole. */
  static void write(RunDirectory directory, RunInfo info) throws IOException, SQLException {
    write(
        directory,
        info,
        connection -> {
          HealthLog.write(connection, directory.clientLog(), directory.clientParquet());
          ServerTable.write(connection, directory.serverLog(), directory.serverParquet());
        });
  }

  /** The same of what is in memory. */
  static void write(
      RunDirectory directory,
      RunInfo info,
      Collection<HealthWindow> seconds,
      List<ServerSample> told)
      throws IOException, SQLException {
    write(
        directory,
        info,
        connection -> {
          HealthLog.write(connection, seconds, directory.clientParquet());
          ServerTable.write(connection, told, directory.serverParquet());
        });
  }

  /** Fills the two tables that the database makes. */
  private interface Filling {
    void in(DuckDBConnection connection) throws SQLException, IOException;
  }

  private static void write(RunDirectory directory, RunInfo info, Filling filling)
      throws IOException, SQLException {
    deleteDatabase(directory);
    // In a file: there may be more of the server's figures than fit in memory.
    try (DuckDBConnection connection = Database.open(directory.database().toString())) {
      filling.in(connection);
    } finally {
      deleteDatabase(directory);
    }
    writeJson(info, directory.runJson());
  }

  private static void deleteDatabase(RunDirectory directory) throws IOException {
    Files.deleteIfExists(directory.database());
    Files.deleteIfExists(directory.path().resolve(directory.database().getFileName() + ".wal"));
  }

  /** Writes {@code value} so that {@code file} is never there in part. */
  static void writeJson(Record value, Path file) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer json = ByteBuffer.wrap(JSON.writeValueAsBytes(value));
      while (json.hasRemaining()) {
        channel.write(json);
      }
      // Ahead of the name: a machine that dies must not leave the name of nothing.
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
