package dev.candor.record.parquet;

import java.nio.charset.StandardCharsets;

/** Thrift's compact protocol, as far as Parquet's metadata needs it. For one thread. */
final class Thrift {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final Bytes out;
  private final int[] outerFields = new int[8];
  private int depth;
  private int lastField;

  Thrift(Bytes out) {
    this.out = out;
  }

  private void field(int id, int type) {
    int delta = id - lastField;
    if (delta > 0 && delta <= 15) {
      out.put(delta << 4 | type);
    } else {
      out.put(type);
      out.zigzag(id);
    }
    lastField = id;
  }

  Thrift i32(int id, int value) {
    field(id, I32);
    out.zigzag(value);
    return this;
  }

  Thrift i64(int id, long value) {
    field(id, I64);
    out.zigzag(value);
    return this;
  }

  Thrift text(int id, String value) {
    field(id, BINARY);
    return element(value);
  }

  /** A list of {@code size} texts or structs, whose elements follow. */
  private Thrift list(int id, int size, int type) {
    field(id, LIST);
    if (size < 15) {
      out.put(size << 4 | type);
    } else {
      out.put(0xF0 | type);
      out.varint(size);
    }
    return this;
  }

  Thrift structs(int id, int size) {
    return list(id, size, STRUCT);
  }

  Thrift texts(int id, int size) {
    return list(id, size, BINARY);
  }

  Thrift numbers(int id, int... values) {
    list(id, values.length, I32);
    for (int value : values) {
      out.zigzag(value);
    }
    return this;
  }

  /** A text in a list. */
  Thrift element(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.varint(utf8.length);
    out.put(utf8, utf8.length);
    return this;
  }

  /** Begins a struct that is a field. */
  Thrift begin(int id) {
    field(id, STRUCT);
    return begin();
  }

  /** Begins a struct in a list, or the outermost one. */
  Thrift begin() {
    outerFields[depth++] = lastField;
    lastField = 0;
    return this;
  }

  Thrift end() {
    out.put(0);
    lastField = outerFields[--depth];
    return this;
  }
}
