package dev.candor.record.parquet;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** VARCHAR, by a dictionary of the texts in the row group. */
public final class TextColumn extends Column {
  private final Map<String, Integer> dictionary = new LinkedHashMap<>();
  private final Runs indices = new Runs();
  private int entries;

  public TextColumn(String name) {
    super(name);
  }

  public void add(@Nullable String value) {
    if (value == null) {
      addNull();
      return;
    }
    Integer known = dictionary.get(value);
    if (known == null) {
      known = dictionary.size();
      dictionary.put(value, known);
    }
    definitions.add(1, 1);
    indices.add(known, 1);
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
    return RLE_DICTIONARY;
  }

  @Override
  int entries() {
    return entries;
  }

  @Override
  int encodeDictionary(Bytes to) {
    for (String text : dictionary.keySet()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      to.littleEndian(utf8.length, 4);
      to.put(utf8, utf8.length);
    }
    return dictionary.size();
  }

  @Override
  void encode(Bytes scratch, Bytes to) {
    definitions.encodeLevels(1, scratch, to);
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(dictionary.size()));
    to.put(bits);
    indices.encode(bits, to);
  }

  @Override
  void clear() {
    super.clear();
    dictionary.clear();
    indices.clear();
    entries = 0;
  }
}
