package dev.candor.corpus.read;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Rows of a CSV file with a header. */
final class TableSource implements RecordSource {
  private final Format format;
  private final SourceBytes source;
  private final LineRecords lines;
  private final LengthColumns columns;
  private final char separator;

  TableSource(String name, Format format, SourceBytes source, ChatJson chat, int mostBytes) {
    this.format = format;
    this.source = source;
    this.lines = new LineRecords(source, mostBytes);
    String header = lines.next() ? lines.text() : "";
    this.separator = CsvLine.separator(header);
    this.columns =
        new LengthColumns(
            format, CsvLine.values(header, separator), name + ":" + lines.line(), chat);
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public boolean next(Requests to) {
    if (!lines.next()) {
      return false;
    }
    columns.read(CsvLine.values(lines.text(), separator), to);
    return true;
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public long bytesRead() {
    return source.bytesRead();
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
