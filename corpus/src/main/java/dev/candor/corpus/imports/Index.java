package dev.candor.corpus.imports;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import dev.candor.record.Database;
import dev.candor.record.parquet.Column;
import dev.candor.record.parquet.NumberColumn;
import dev.candor.record.parquet.ParquetFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Rows of whole numbers in a file, read back in any order that SQL can say. For one thread. */
final class Index implements Closeable {
  /** The columns of an {@link IndexEntry}. */
  static final List<String> STAGED =
      List.of(
          "sequence",
          "place",
          "start_ns",
          "end_ns",
          "session",
          "said",
          "answered",
          "repeats",
          "repeats_answered");

  /** The columns of a row whose conversation is known; parent is the sequence of another. */
  static final List<String> RESOLVED =
      List.of("sequence", "place", "start_ns", "end_ns", "session", "parent");

  private final Path path;
  private final Path scratch;
  private final NumberColumn[] columns;
  private final ParquetFile file;

  /**
   * @param scratch a folder for what does not fit into memory
   */
  Index(Path path, Path scratch, List<String> names) throws IOException {
    this.path = path;
    this.scratch = scratch;
    this.columns =
        names.stream().map(name -> new NumberColumn(name, true)).toArray(NumberColumn[]::new);
    this.file = new ParquetFile(path, Arrays.<Column>asList(columns));
  }

  void add(IndexEntry entry) throws IOException {
    Histories histories = entry.histories();
    add(
        entry.sequence(),
        entry.place(),
        entry.startNanos(),
        entry.endNanos(),
        entry.session(),
        histories.said(),
        histories.answered(),
        histories.repeats(),
        histories.repeatsAnswered());
  }

  /** Adds a row; {@code UNKNOWN_TIME} is null. */
  void add(long... values) throws IOException {
    for (int i = 0; i < columns.length; i++) {
      if (values[i] == UNKNOWN_TIME) {
        columns[i].addNull();
      } else {
        columns[i].add(values[i]);
      }
    }
    file.endRow();
  }

  void finish() throws IOException {
    file.finish();
    file.close();
  }

  /** Takes a row; null is {@code UNKNOWN_TIME}. The array is used again. */
  @FunctionalInterface
  interface Rows {
    void accept(long[] values) throws IOException;
  }

  /**
   * Hands the rows over.
   *
   * @param from what follows FROM, with %s for the index
   */
  void forEach(String from, List<String> names, Rows rows) throws IOException, SQLException {
    String query =
        "SELECT %s FROM %s"
            .formatted(
                String.join(", ", names.stream().map(name -> "i." + name).toList()),
                from.replace("%s", "read_parquet(" + Database.literal(path) + ")"));
    try (Connection connection = Database.open("");
        Statement statement = connection.createStatement()) {
      statement.execute("SET temp_directory = " + Database.literal(scratch));
      long[] values = new long[names.size()];
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          for (int i = 0; i < values.length; i++) {
            long value = result.getLong(i + 1);
            values[i] = result.wasNull() ? UNKNOWN_TIME : value;
          }
          rows.accept(values);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
