package dev.candor.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** The columns of attempts.parquet, in the order of {@link AttemptRecord}. */
final class AttemptTable {
  /*
   * The appender takes no lists. Timelines therefore pass through it as text and become BIGINT[] and
   * INTEGER[] columns at export; that costs a cast once a run and nothing while it lasts.
   */
  static final String CREATE =
      """
      CREATE TABLE attempts (
        request BIGINT, attempt INTEGER, phase INTEGER, class VARCHAR, session BIGINT,
        turn INTEGER, loop INTEGER, intended_ns BIGINT, sent_ns BIGINT, headers_ns BIGINT,
        first_ns BIGINT, second_ns BIGINT, first_answer_ns BIGINT, last_ns BIGINT, end_ns BIGINT,
        connect_ns BIGINT, outcome VARCHAR, http_status INTEGER, error VARCHAR,
        finish_reason VARCHAR, input_tokens_asked BIGINT, input_tokens BIGINT,
        cached_tokens BIGINT, output_tokens BIGINT, reasoning_tokens BIGINT,
        token_source VARCHAR, max_tokens INTEGER, bytes_received BIGINT,
        target INTEGER, resends INTEGER, blocked_ns BIGINT, dns_ns BIGINT, tcp_ns BIGINT,
        tls_ns BIGINT, send_ns BIGINT, rtt_ns BIGINT,
        event_ns VARCHAR, event_tokens VARCHAR, silent_ns VARCHAR, signal_ns VARCHAR)
      """;

  static final String EXPORT =
      """
      SELECT * REPLACE (
        CAST(string_split(nullif(event_ns, ''), ',') AS BIGINT[]) AS event_ns,
        CAST(string_split(nullif(event_tokens, ''), ',') AS INTEGER[]) AS event_tokens,
        CAST(string_split(nullif(silent_ns, ''), ',') AS BIGINT[]) AS silent_ns,
        CAST(string_split(nullif(signal_ns, ''), ',') AS BIGINT[]) AS signal_ns)
      FROM attempts ORDER BY intended_ns, request
      """;

  private AttemptTable() {}

  static void append(DuckDBAppender appender, AttemptRecord a) throws SQLException {
    appender.beginRow();
    known(appender, a.request());
    appender.append(a.attempt());
    appender.append(a.phase());
    appender.append(a.requestClass());
    known(appender, a.session());
    appender.append(a.turn());
    appender.append(a.loop());
    appender.append(a.intended());
    known(appender, a.sent());
    known(appender, a.headers());
    known(appender, a.first());
    known(appender, a.second());
    known(appender, a.firstAnswer());
    known(appender, a.last());
    known(appender, a.end());
    known(appender, a.connectNanos());
    appender.append(a.outcome().key());
    appender.append(a.httpStatus());
    text(appender, a.error());
    text(appender, a.finishReason());
    known(appender, a.inputTokensAsked());
    known(appender, a.inputTokens());
    known(appender, a.cachedTokens());
    known(appender, a.outputTokens());
    known(appender, a.reasoningTokens());
    appender.append(a.tokenSource().key());
    appender.append(a.maxTokens());
    appender.append(a.bytesReceived());
    appender.append(a.target());
    appender.append(a.resends());
    HttpPhases http = a.http();
    known(appender, http.blocked());
    known(appender, http.dns());
    known(appender, http.tcp());
    known(appender, http.tls());
    known(appender, http.send());
    known(appender, http.rtt());
    appender.append(joined(LongStream.of(a.eventNanos())));
    appender.append(joined(Arrays.stream(a.eventTokens()).asLongStream()));
    appender.append(joined(LongStream.of(a.silentNanos())));
    appender.append(joined(LongStream.of(a.signalNanos())));
    appender.endRow();
  }

  static AttemptRecord read(ResultSet row) throws SQLException {
    long[] nanos = longs(row, "event_ns");
    long[] tokens = longs(row, "event_tokens");
    return new AttemptRecord(
        known(row, "request"),
        row.getInt("attempt"),
        row.getInt("phase"),
        row.getString("class"),
        known(row, "session"),
        row.getInt("turn"),
        row.getInt("loop"),
        row.getLong("intended_ns"),
        known(row, "sent_ns"),
        known(row, "headers_ns"),
        known(row, "first_ns"),
        known(row, "second_ns"),
        known(row, "first_answer_ns"),
        known(row, "last_ns"),
        known(row, "end_ns"),
        known(row, "connect_ns"),
        Outcome.ofKey(row.getString("outcome")),
        row.getInt("http_status"),
        row.getString("error"),
        row.getString("finish_reason"),
        (int) known(row, "input_tokens_asked"),
        (int) known(row, "input_tokens"),
        (int) known(row, "cached_tokens"),
        (int) known(row, "output_tokens"),
        (int) known(row, "reasoning_tokens"),
        TokenSource.ofKey(row.getString("token_source")),
        row.getInt("max_tokens"),
        row.getLong("bytes_received"),
        row.getInt("target"),
        row.getInt("resends"),
        new HttpPhases(
            known(row, "blocked_ns"),
            known(row, "dns_ns"),
            known(row, "tcp_ns"),
            known(row, "tls_ns"),
            known(row, "send_ns"),
            known(row, "rtt_ns")),
        nanos,
        Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray(),
        longs(row, "silent_ns"),
        longs(row, "signal_ns"));
  }

  private static void known(DuckDBAppender appender, long value) throws SQLException {
    if (value == AttemptRecord.NONE) {
      appender.appendNull();
    } else {
      appender.append(value);
    }
  }

  private static void text(DuckDBAppender appender, @Nullable String value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else {
      appender.append(value);
    }
  }

  private static String joined(LongStream values) {
    return values.mapToObj(Long::toString).collect(Collectors.joining(","));
  }

  private static long known(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? AttemptRecord.NONE : value;
  }

  private static long[] longs(ResultSet row, String column) throws SQLException {
    java.sql.Array array = row.getArray(column);
    if (array == null) {
      return new long[0];
    }
    return Arrays.stream((Object[]) array.getArray())
        .mapToLong(value -> ((Number) Objects.requireNonNull(value)).longValue())
        .toArray();
  }
}
