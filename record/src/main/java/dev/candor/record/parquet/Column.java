package dev.candor.record.parquet;

import java.io.IOException;

/**
 * A column of {@link ParquetFile}: what the row group at hand has of it, encoded as it comes. Each
 * row gives it one value or {@link #addNull}. For one thread.
 */
public abstract sealed class Column permits NumberColumn, TextColumn, LongTextColumn, ListColumn {
  // Of the format's enumerations, what is used.
  static final int INT32 = 1;
  static final int INT64 = 2;
  static final int BYTE_ARRAY = 6;
  static final int OPTIONAL = 1;
  static final int REPEATED = 2;
  static final int UTF8 = 0;
  static final int LIST = 3;
  static final int PLAIN = 0;
  static final int RLE = 3;
  static final int DELTA_BINARY_PACKED = 5;
  static final int RLE_DICTIONARY = 8;
  private static final int DATA_PAGE = 0;
  private static final int DICTIONARY_PAGE = 2;

  final String name;
  final Runs definitions = new Runs();
  private final Bytes page = new Bytes();
  private final Bytes header = new Bytes();
  private final Bytes scratch = new Bytes();

  Column(String name) {
    this.name = name;
  }

  /** The row has no value. */
  public void addNull() {
    definitions.add(0, 1);
    repeat(1);
  }

  /** Notes that {@code values} entries follow that begin a row. */
  void repeat(int values) {}

  /** How many elements of the schema's tree it is, itself included. */
  int schemaElements() {
    return 1;
  }

  abstract void schema(Thrift thrift);

  abstract int physicalType();

  abstract int encoding();

  /** Values of the row group, nulls included. */
  abstract int entries();

  /** Bytes of text in the row group, where they may be many. */
  int textBytes() {
    return 0;
  }

  /** Appends levels and values of the data page. */
  abstract void encode(Bytes scratch, Bytes to);

  /** Appends the dictionary and says how many entries it has; -1 where the column has none. */
  int encodeDictionary(Bytes to) {
    return -1;
  }

  String[] path() {
    return new String[] {name};
  }

  /** Forgets the row group. */
  void clear() {
    definitions.clear();
  }

  /** Writes the row group's pages to {@code file} and their metadata to {@code metadata}. */
  final void write(ParquetFile.Out file, Thrift metadata) throws IOException {
    long start = file.position();
    page.clear();
    int dictionary = encodeDictionary(page);
    if (dictionary >= 0) {
      writePage(file, DICTIONARY_PAGE, dictionary);
      page.clear();
    }
    long data = file.position();
    encode(scratch, page);
    writePage(file, DATA_PAGE, entries());
    long size = file.position() - start;
    metadata.begin().i64(2, start).begin(3).i32(1, physicalType());
    metadata.numbers(
        2, dictionary >= 0 ? new int[] {PLAIN, RLE, encoding()} : new int[] {RLE, encoding()});
    metadata.texts(3, path().length);
    for (String part : path()) {
      metadata.element(part);
    }
    metadata.i32(4, 0).i64(5, entries()).i64(6, size).i64(7, size).i64(9, data);
    if (dictionary >= 0) {
      metadata.i64(11, start);
    }
    metadata.end().end();
    clear();
  }

  private void writePage(ParquetFile.Out file, int type, int values) throws IOException {
    header.clear();
    Thrift thrift = new Thrift(header).begin();
    thrift.i32(1, type).i32(2, page.length()).i32(3, page.length());
    if (type == DICTIONARY_PAGE) {
      thrift.begin(7).i32(1, values).i32(2, PLAIN).end();
    } else {
      thrift.begin(5).i32(1, values).i32(2, encoding()).i32(3, RLE).i32(4, RLE).end();
    }
    thrift.end();
    file.write(header);
    file.write(page);
  }
}
