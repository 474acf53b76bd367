package dev.candor.corpus;

import dev.candor.base.error.CandorException;
import dev.candor.record.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A corpus file, as {@link CorpusWriter} leaves it. */
public final class Corpus {
  private static final String BLOCKS = "prefix_blocks";
  private static final String TEXTS = "messages, answer";
  private static final String NO_TEXTS = "NULL::VARCHAR, NULL::VARCHAR";

  private final Path file;

  private Corpus(Path file) {
    this.file = file;
  }

  /**
   * The corpus in {@code file}.
   *
   * @throws CandorException where there is no such file
   */
  public static Corpus existing(Path file) {
    if (!Files.isRegularFile(file)) {
      throw CandorException.user(
          "%s: there is no such file; candor corpus import makes a corpus".formatted(file));
    }
    return new Corpus(file);
  }

  public Path file() {
    return file;
  }

  /** Hands over every row with its texts, in the file's order, and holds none. */
  public void forEach(Consumer<CorpusRow> consumer) {
    read(BLOCKS, TEXTS, "", each(consumer));
  }

  /** As {@link #forEach}, faster: no row has its texts. */
  public void forEachWithoutTexts(Consumer<CorpusRow> consumer) {
    read(BLOCKS, NO_TEXTS, "", each(consumer));
  }

  /** As {@link #forEachWithoutTexts}, until {@code more} says that it needs no further row. */
  public void whileWithoutTexts(Predicate<CorpusRow> more) {
    read(BLOCKS, NO_TEXTS, "", more);
  }

  /** As {@link #whileWithoutTexts}, faster still: no row has ids of its blocks either. */
  public void whileBare(Predicate<CorpusRow> more) {
    read("[]::BIGINT[]", NO_TEXTS, "", more);
  }

  /** Whether a row has the text of its prompt. */
  public boolean hasTexts() {
    boolean[] found = new boolean[1];
    read(
        "[]::BIGINT[]",
        NO_TEXTS,
        "WHERE messages IS NOT NULL LIMIT 1",
        row -> {
          found[0] = true;
          return false;
        });
    return found[0];
  }

  /** The rows of the sessions from {@code from} up to, and without, {@code to}, with texts. */
  public List<CorpusRow> sessions(long from, long to) {
    List<CorpusRow> rows = new ArrayList<>();
    read(
        BLOCKS, TEXTS, "WHERE session >= %d AND session < %d".formatted(from, to), each(rows::add));
    return rows;
  }

  private static Predicate<CorpusRow> each(Consumer<CorpusRow> consumer) {
    return row -> {
      consumer.accept(row);
      return true;
    };
  }

  private void read(String blocks, String texts, String where, Predicate<CorpusRow> more) {
    String query =
        """
        SELECT session, turn, after_turns, wait_ns, at_ns, class, input_tokens, output_tokens,
          cached_tokens, block_tokens, %s, %s, source, source_line
        FROM read_parquet(%s)
        %s"""
            .formatted(blocks, texts, Database.literal(file), where);
    try (Connection connection = Database.open("");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      boolean wanted = true;
      while (wanted && row.next()) {
        wanted = more.test(row(row));
      }
    } catch (SQLException e) {
      throw CandorException.user(
          "%s: is no corpus (%s); candor corpus import makes one"
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }

  private static CorpusRow row(ResultSet row) throws SQLException {
    return new CorpusRow(
        row.getLong(1),
        row.getInt(2),
        Arrays.stream(numbers(row.getArray(3))).mapToInt(Math::toIntExact).toArray(),
        known(row, 4),
        known(row, 5),
        Objects.requireNonNullElse(row.getString(6), ""),
        row.getInt(7),
        (int) known(row, 8),
        (int) known(row, 9),
        row.getInt(10),
        numbers(row.getArray(11)),
        row.getString(12),
        row.getString(13),
        Objects.requireNonNullElse(row.getString(14), ""),
        row.getLong(15));
  }

  private static long known(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? CorpusRow.NONE : value;
  }

  private static long[] numbers(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray())
        .mapToLong(value -> ((Number) Objects.requireNonNull(value)).longValue())
        .toArray();
  }
}
