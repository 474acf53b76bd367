package dev.candor.corpus.read;

import dev.candor.base.error.CandorException;
import dev.candor.record.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of a Parquet file, each read as the JSON object of its columns. */
final class ParquetSource implements RecordSource {
  private final Connection connection;
  private final Statement statement;
  private final ResultSet rows;
  private final String name;
  private final List<String> names;
  private final @Nullable RequestReader reader;
  private final @Nullable LengthColumns lengths;
  private final int mostBytes;
  private final long fileBytes;
  private long row;

  ParquetSource(Path file, String name, ChatJson chat, ReaderChoice readers, int mostBytes) {
    this.name = name;
    this.mostBytes = mostBytes;
    try {
      this.fileBytes = Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      this.connection = Database.open("");
      this.statement = connection.createStatement();
      this.names = names(file);
      Format byColumns = LengthColumns.fit(names) ? null : Detection.ofFields(new HashSet<>(names));
      this.reader = byColumns == null ? null : readers.reader(byColumns);
      this.lengths = reader == null ? new LengthColumns(Format.PARQUET, names, name, chat) : null;
      this.rows =
          statement.executeQuery(
              "SELECT to_json(t)::VARCHAR FROM read_parquet(%s) t"
                  .formatted(Database.literal(file)));
    } catch (SQLException e) {
      throw CandorException.user(
          "%s: found a Parquet file that cannot be read, must be a whole one".formatted(name));
    }
  }

  /** Makes the reader of a format. */
  @FunctionalInterface
  interface ReaderChoice {
    RequestReader reader(Format format);
  }

  private List<String> names(Path file) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet columns =
        statement.executeQuery(
            "DESCRIBE SELECT * FROM read_parquet(%s)".formatted(Database.literal(file)))) {
      while (columns.next()) {
        found.add(columns.getString(1));
      }
    }
    return found;
  }

  @Override
  public Format format() {
    return Format.PARQUET;
  }

  @Override
  public boolean next(Requests to) {
    row++;
    String text;
    try {
      if (!rows.next()) {
        return false;
      }
      text = rows.getString(1);
    } catch (SQLException e) {
      throw CandorException.user(
          "%s:%d: found a damaged Parquet file, must be a whole one".formatted(name, row));
    }
    if (text.length() > mostBytes || text.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
      throw new BadRecord(
          Reason.TOO_LONG,
          "found a record of more than %d bytes, must be less".formatted(mostBytes));
    }
    JsonNode record = JsonText.mapper().readTree(text);
    if (reader != null) {
      reader.read(record, to);
    } else if (lengths != null) {
      List<String> values = new ArrayList<>();
      for (String column : names) {
        JsonNode value = record.path(column);
        values.add(value.isValueNode() && !value.isNull() ? value.asString() : "");
      }
      lengths.read(values, to);
    }
    return true;
  }

  @Override
  public long line() {
    return row;
  }

  @Override
  public long bytesRead() {
    return fileBytes;
  }

  @Override
  public void close() {
    try (connection;
        statement) {
      rows.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
