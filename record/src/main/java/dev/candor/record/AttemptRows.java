package dev.candor.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** Reads attempts.parquet row by row. For one thread. */
final class AttemptRows implements AttemptFields<SQLException> {
  /*
   * Timelines come flat, through a second query over the same file in the same order: lists would
   * pass through JDBC as an object per token.
   */
  private static final String ROWS =
      """
      SELECT request, attempt, phase, class, session, turn, user_number, loop, intended_ns, sent_ns, headers_ns,
        first_ns, second_ns, first_answer_ns, last_ns, end_ns, connect_ns, outcome, http_status,
        error, finish_reason, input_tokens_asked, input_tokens, cached_tokens, shared_tokens, output_tokens,
        reasoning_tokens, token_source, max_tokens, bytes_received, target, resends,
        blocked_ns, dns_ns, tcp_ns, tls_ns, send_ns, rtt_ns, requested_ns, retried, cache_write_tokens, silent_ns, signal_ns,
        coalesce(len(event_tokens), 0)
      FROM\s""";

  private static final String EVENTS = "SELECT unnest(event_ns), unnest(event_tokens) FROM ";

  private final ResultSet row;
  private final DuckDBChunkedResult events;
  private DuckDBDataChunkReader chunk;
  private int chunkRows;
  private int chunkRow;
  private int column;

  private AttemptRows(ResultSet row, DuckDBChunkedResult events) {
    this.row = row;
    this.events = events;
    this.chunk = events.chunk();
  }

  /** Hands over every attempt of {@code file}, a literal of SQL, in the file's order. */
  static void forEach(DuckDBConnection connection, String file, Consumer<AttemptRecord> consumer)
      throws SQLException {
    String source = "read_parquet(" + file + ")";
    try (DuckDBConnection second = connection.duplicate();
        Statement rowStatement = connection.createStatement();
        ResultSet rows = rowStatement.executeQuery(ROWS + source);
        DuckDBPreparedStatement eventStatement =
            (DuckDBPreparedStatement) second.prepareStatement(EVENTS + source);
        DuckDBChunkedResult events = eventStatement.query()) {
      AttemptRows reader = new AttemptRows(rows, events);
      while (rows.next()) {
        reader.column = 0;
        consumer.accept(reader.next());
      }
    }
  }

  @Override
  public Events events() throws SQLException {
    int count = (int) number();
    long[] nanos = new long[count];
    int[] tokens = new int[count];
    readEvents(nanos, tokens);
    return new Events(nanos, tokens);
  }

  private void readEvents(long[] nanos, int[] tokens) throws SQLException {
    int filled = 0;
    while (filled < nanos.length) {
      if (chunkRow == chunkRows) {
        if (!events.nextChunk()) {
          throw new SQLException("attempts.parquet ends in the middle of an attempt's events");
        }
        chunk = events.chunk();
        chunkRows = (int) chunk.rowCount();
        chunkRow = 0;
      }
      int some = Math.min(nanos.length - filled, chunkRows - chunkRow);
      var instants = chunk.vector(0);
      var carried = chunk.vector(1);
      for (int i = 0; i < some; i++) {
        nanos[filled] = instants.getLong(chunkRow);
        tokens[filled++] = carried.getInt(chunkRow++);
      }
    }
  }

  @Override
  public long number() throws SQLException {
    long value = row.getLong(++column);
    return row.wasNull() ? AttemptRecord.NONE : value;
  }

  @Override
  public @Nullable String text() throws SQLException {
    return row.getString(++column);
  }

  @Override
  public long[] instants() throws SQLException {
    java.sql.Array array = row.getArray(++column);
    if (array == null) {
      return new long[0];
    }
    return Arrays.stream((Object[]) array.getArray())
        .mapToLong(value -> ((Number) Objects.requireNonNull(value)).longValue())
        .toArray();
  }
}
