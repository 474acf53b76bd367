package dev.candor.record.parquet;

import java.nio.charset.StandardCharsets;

/** VARCHAR of texts that are long or hardly ever the same: each as it is. */
public final class LongTextColumn extends Column {
  private final Bytes values = new Bytes();
  private int entries;

  public LongTextColumn(String name) {
    super(name);
  }

  public void add(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    definitions.add(1, 1);
    values.littleEndian(utf8.length, 4);
    values.put(utf8, utf8.length);
    entries++;
  }

  @Override
  void repeat(int count) {
    entries += count;
  }

  @Override
  void schema(Thrift thrift) {
    thrift.begin().i32(1, BYTE_ARRAY).i32(3, OPTIONAL).text(4, name).i32(6, UTF8).end();
  }

  @Override
  int physicalType() {
    return BYTE_ARRAY;
  }

  @Override
  int encoding() {
    return PLAIN;
  }

  @Override
  int entries() {
    return entries;
  }

  @Override
  int textBytes() {
    return values.length();
  }

  @Override
  void encode(Bytes scratch, Bytes to) {
    definitions.encodeLevels(1, scratch, to);
    to.put(values);
  }

  @Override
  void clear() {
    super.clear();
    values.clear();
    entries = 0;
  }
}
