package dev.candor.record.parquet;

/** BIGINT or INTEGER. */
public final class NumberColumn extends Column {
  private final boolean wide;
  private final DeltaPacked values;
  private int entries;

  /**
   * @param wide whether of 64 bits, else of 32
   */
  public NumberColumn(String name, boolean wide) {
    super(name);
    this.wide = wide;
    this.values = new DeltaPacked(wide);
  }

  public void add(long value) {
    definitions.add(1, 1);
    values.add(value);
    entries++;
  }

  @Override
  void repeat(int count) {
    entries += count;
  }

  @Override
  void schema(Thrift thrift) {
    thrift.begin().i32(1, physicalType()).i32(3, OPTIONAL).text(4, name).end();
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
    definitions.encodeLevels(1, scratch, to);
    values.encode(to);
  }

  @Override
  void clear() {
    super.clear();
    values.clear();
    entries = 0;
  }
}
