package dev.candor.corpus.imports;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.CorpusWriter;
import dev.candor.record.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Writes staged rows as a corpus, conversation by conversation. For one thread. */
final class OrderedCorpus {
  /*
   * DuckDB orders numbers alone; rows are fetched from where they lie. Ordered by it, texts would
   * pass through it in batches of 2,048 rows, which of a megabyte each are more than its memory.
   */
  private static final String BY_CONVERSATION =
      """
      %s i JOIN (SELECT session, min(start_ns) AS first_ns, min(sequence) AS first FROM %s GROUP BY session) s
        ON i.session = s.session
      ORDER BY s.first_ns NULLS LAST, s.first, i.start_ns NULLS LAST, i.sequence""";

  private static final String BY_ARRIVAL = "%s i ORDER BY i.start_ns NULLS LAST, i.sequence";

  private final Stage stage;
  private final List<String> sources;
  private final Turns turns = new Turns();
  private final Totals totals = new Totals();
  private long session = -1;
  private long sessionKey;

  OrderedCorpus(Stage stage, List<String> sources) {
    this.stage = stage;
    this.sources = List.copyOf(sources);
  }

  /** Told of each row. */
  @FunctionalInterface
  interface Written {
    void row(long rows);
  }

  Totals write(Index resolved, Path file, Written written) throws IOException, SQLException {
    try (CorpusWriter writer = new CorpusWriter(file)) {
      resolved.forEach(
          stage.conversations() ? BY_CONVERSATION : BY_ARRIVAL,
          Index.RESOLVED,
          entry -> {
            CorpusRow row = row(entry);
            writer.append(row);
            totals.add(row);
            written.row(totals.rows);
          });
      writer.finish();
    }
    return totals;
  }

  private CorpusRow row(long[] entry) throws IOException {
    long start = entry[2];
    if (session < 0 || entry[4] != sessionKey) {
      session++;
      sessionKey = entry[4];
      turns.begin();
    }
    StagedRow row = stage.rows().read(entry[1]);
    long at = start == UNKNOWN_TIME ? CorpusRow.NONE : start - stage.firstNanos();
    String source = sources.get(row.source());
    if (row.ordered()) {
      return row.row(session, turns.next(), row.after(), row.waitNanos(), at, source);
    }
    Turns.Place place = turns.next(entry[0], start, entry[3], entry[5]);
    return row.row(session, place.turn(), place.after(), place.waitNanos(), at, source);
  }

  /** Packs the corpus; its rows stay in their order. */
  static void compress(Path from, Path to, Path scratch) throws SQLException {
    try (Connection connection = Database.open("");
        Statement statement = connection.createStatement()) {
      statement.execute("SET temp_directory = " + Database.literal(scratch));
      // Row groups are bounded by bytes only so; one thread keeps the order all the same.
      statement.execute("SET preserve_insertion_order = false");
      statement.execute(
          "COPY (SELECT * FROM read_parquet(%s)) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE_BYTES '16MB')"
              .formatted(Database.literal(from), Database.literal(to)));
    }
  }
}
