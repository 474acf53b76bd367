package dev.candor.corpus.read;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Records of JSON. */
final class JsonSource implements RecordSource {
  private final Format format;
  private final SourceBytes source;
  private final Records records;
  private final RequestReader reader;

  JsonSource(Format format, SourceBytes source, RequestReader reader, int mostBytes) {
    this.format = format;
    this.source = source;
    this.reader = reader;
    this.records =
        Detection.isLines(source)
            ? new LineRecords(source, mostBytes)
            : new JsonRecords(source, mostBytes, Detection.first(source) == '[');
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public boolean next(Requests to) {
    if (!records.next()) {
      return false;
    }
    reader.read(JsonText.parse(records), to);
    return true;
  }

  @Override
  public long line() {
    return records.line();
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
