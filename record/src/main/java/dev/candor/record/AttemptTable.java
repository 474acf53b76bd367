package dev.candor.record;

import dev.candor.record.parquet.Column;
import dev.candor.record.parquet.ListColumn;
import dev.candor.record.parquet.NumberColumn;
import dev.candor.record.parquet.ParquetFile;
import dev.candor.record.parquet.TextColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes attempts.parquet: its columns, in the order of {@link AttemptRecord}. For one thread. */
final class AttemptTable implements AutoCloseable {
  private final List<Column> columns = new ArrayList<>();
  private final ParquetFile file;
  private int column;

  AttemptTable(Path path) throws IOException {
    wide("request");
    narrow("attempt", "phase");
    text("class");
    wide("session");
    narrow("turn");
    wide("user_number");
    narrow("loop");
    wide("intended_ns", "sent_ns", "headers_ns", "first_ns", "second_ns", "first_answer_ns");
    wide("last_ns", "end_ns", "connect_ns");
    text("outcome");
    narrow("http_status");
    text("error", "finish_reason");
    wide("input_tokens_asked", "input_tokens", "cached_tokens", "shared_tokens");
    wide("output_tokens");
    wide("reasoning_tokens");
    text("token_source");
    narrow("max_tokens");
    wide("bytes_received");
    narrow("target", "resends");
    wide("blocked_ns", "dns_ns", "tcp_ns", "tls_ns", "send_ns", "rtt_ns");
    wide("requested_ns");
    narrow("retried");
    wide("cache_write_tokens");
    columns.add(new ListColumn("event_ns", true));
    columns.add(new ListColumn("event_tokens", false));
    columns.add(new ListColumn("silent_ns", true));
    columns.add(new ListColumn("signal_ns", true));
    file = new ParquetFile(path, columns);
  }

  private void wide(String... names) {
    for (String name : names) {
      columns.add(new NumberColumn(name, true));
    }
  }

  private void narrow(String... names) {
    for (String name : names) {
      columns.add(new NumberColumn(name, false));
    }
  }

  private void text(String... names) {
    for (String name : names) {
      columns.add(new TextColumn(name));
    }
  }

  void append(AttemptRecord a) throws IOException {
    column = 0;
    known(a.request());
    number(a.attempt());
    number(a.phase());
    text().add(a.requestClass());
    known(a.session());
    number(a.turn());
    known(a.user());
    number(a.loop());
    number(a.intended());
    known(a.sent());
    known(a.headers());
    known(a.first());
    known(a.second());
    known(a.firstAnswer());
    known(a.last());
    known(a.end());
    known(a.connectNanos());
    text().add(a.outcome().key());
    number(a.httpStatus());
    text().add(a.error());
    text().add(a.finishReason());
    known(a.inputTokensAsked());
    known(a.inputTokens());
    known(a.cachedTokens());
    known(a.sharedTokens());
    known(a.outputTokens());
    known(a.reasoningTokens());
    text().add(a.tokenSource().key());
    known(a.maxTokens());
    number(a.bytesReceived());
    number(a.target());
    number(a.resends());
    HttpPhases http = a.http();
    known(http.blocked());
    known(http.dns());
    known(http.tcp());
    known(http.tls());
    known(http.send());
    known(http.rtt());
    number(a.requested());
    number(a.retried() ? 1 : 0);
    known(a.cacheWriteTokens());
    list(a.eventNanos());
    if (a.eventTokens().length == 0) {
      next().addNull();
    } else if (OneTokenEach.is(a.eventTokens())) {
      ((ListColumn) next()).add(1, a.eventTokens().length);
    } else {
      ((ListColumn) next()).add(a.eventTokens());
    }
    list(a.silentNanos());
    list(a.signalNanos());
    file.endRow();
  }

  private Column next() {
    return columns.get(column++);
  }

  private TextColumn text() {
    return (TextColumn) next();
  }

  private void number(long value) {
    ((NumberColumn) next()).add(value);
  }

  private void known(long value) {
    if (value == AttemptRecord.NONE) {
      next().addNull();
    } else {
      number(value);
    }
  }

  private void list(long[] values) {
    if (values.length == 0) {
      next().addNull();
    } else {
      ((ListColumn) next()).add(values);
    }
  }

  void finish() throws IOException {
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
