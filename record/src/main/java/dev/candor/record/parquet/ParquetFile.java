package dev.candor.record.parquet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a Parquet file (format version 2.6) row by row: fill every column once, then {@link
 * #endRow}. <b>For one thread.</b>
 */
public final class ParquetFile implements AutoCloseable {
  /*
   * A row group ends by rows, list elements or bytes of text, whichever comes first. Readers hold a batch of
   * rows of a group at once (DuckDB: 2,048): rows of 32,000 elements in groups of as many rows as
   * usual would need a gigabyte there. Pages are encoded as rows come and not compressed: packed
   * differences of instants leave little to compress, and a page a column and group is one write.
   */
  private static final int MOST_ROWS = 1 << 16;
  private static final int MOST_ELEMENTS = 1 << 20;
  private static final int MOST_TEXT_BYTES = 1 << 24;
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Out out;
  private final List<Column> columns;
  private final Bytes groups = new Bytes();
  private final Thrift groupThrift = new Thrift(groups);
  private int groupCount;
  private int groupRows;
  private long rows;

  /** Counts what is written. */
  static final class Out {
    private final OutputStream stream;
    private long position;

    Out(OutputStream stream) {
      this.stream = stream;
    }

    long position() {
      return position;
    }

    void write(Bytes bytes) throws IOException {
      write(bytes.array(), bytes.length());
    }

    private void write(byte[] bytes, int length) throws IOException {
      stream.write(bytes, 0, length);
      position += length;
    }
  }

  /** Makes {@code file} anew. */
  public ParquetFile(Path file, List<? extends Column> columns) throws IOException {
    this.columns = List.copyOf(columns);
    this.out = new Out(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    out.write(MAGIC, MAGIC.length);
  }

  /** Every column has been given its value of the row. */
  public void endRow() throws IOException {
    groupRows++;
    boolean full = groupRows == MOST_ROWS;
    for (int i = 0; i < columns.size() && !full; i++) {
      Column column = columns.get(i);
      full = column.entries() >= MOST_ELEMENTS || column.textBytes() >= MOST_TEXT_BYTES;
    }
    if (full) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    long start = out.position();
    groupThrift.begin().structs(1, columns.size());
    for (Column column : columns) {
      column.write(out, groupThrift);
    }
    groupThrift.i64(2, out.position() - start).i64(3, groupRows).end();
    rows += groupRows;
    groupRows = 0;
    groupCount++;
  }

  /** Completes the file; without this it is none. */
  public void finish() throws IOException {
    if (groupRows > 0) {
      endGroup();
    }
    Bytes footer = new Bytes();
    Thrift thrift = new Thrift(footer).begin().i32(1, 2);
    thrift.structs(2, 1 + columns.stream().mapToInt(Column::schemaElements).sum());
    thrift.begin().text(4, "schema").i32(5, columns.size()).end();
    columns.forEach(column -> column.schema(thrift));
    thrift.i64(3, rows).structs(4, groupCount);
    footer.put(groups);
    thrift.text(6, "candor").end();
    footer.littleEndian(footer.length(), 4);
    footer.put(MAGIC, MAGIC.length);
    out.write(footer);
    out.stream.flush();
  }

  @Override
  public void close() throws IOException {
    out.stream.close();
  }
}
