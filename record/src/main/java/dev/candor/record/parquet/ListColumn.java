package dev.candor.record.parquet;

/** BIGINT[] or INTEGER[]: an element a row, in the three levels that the format wants. */
public final class ListColumn extends Column {
  private static final int EMPTY = 1;
  private static final int ELEMENT = 3;

  private final boolean wide;
  private final DeltaPacked values;
  private final Runs repetitions = new Runs();
  private int entries;

  /**
   * @param wide whether its numbers are of 64 bits, else of 32
   */
  public ListColumn(String name, boolean wide) {
    super(name);
    this.wide = wide;
    this.values = new DeltaPacked(wide);
  }

  public void add(long[] list) {
    begin(list.length);
    for (long value : list) {
      values.add(value);
    }
  }

  public void add(int[] list) {
    begin(list.length);
    for (int value : list) {
      values.add(value);
    }
  }

  /** A list of {@code times} equal numbers. */
  public void add(int value, int times) {
    begin(times);
    values.add(value, times);
  }

  private void begin(int length) {
    definitions.add(length == 0 ? EMPTY : ELEMENT, Math.max(1, length));
    repeat(1);
    if (length > 1) {
      repetitions.add(1, length - 1);
      entries += length - 1;
    }
  }

  @Override
  void repeat(int count) {
    repetitions.add(0, count);
    entries += count;
  }

  @Override
  int schemaElements() {
    return 3;
  }

  @Override
  void schema(Thrift thrift) {
    thrift.begin().i32(3, OPTIONAL).text(4, name).i32(5, 1).i32(6, LIST).end();
    thrift.begin().i32(3, REPEATED).text(4, "list").i32(5, 1).end();
    thrift.begin().i32(1, physicalType()).i32(3, OPTIONAL).text(4, "element").end();
  }

  @Override
  String[] path() {
    return new String[] {name, "list", "element"};
  }

  @Override
  int physicalType() {
    return wide ? INT64 : INT32;
  }

  @Override
  int encoding() {
    return DELTA_BINARY_PACKED;
  }

  @Override
  int entries() {
    return entries;
  }

  @Override
  void encode(Bytes scratch, Bytes to) {
    repetitions.encodeLevels(1, scratch, to);
    definitions.encodeLevels(2, scratch, to);
    values.encode(to);
  }

  @Override
  void clear() {
    super.clear();
    values.clear();
    repetitions.clear();
    entries = 0;
  }
}
