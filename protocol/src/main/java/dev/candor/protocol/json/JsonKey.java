package dev.candor.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A name or a value to compare with, in a form that is quick to compare. <b>Immutable.</b> */
public final class JsonKey {
  final byte[] bytes;

  /** The first eight bytes, the first one lowest; zeros where there are fewer. */
  final long head;

  private JsonKey(byte[] bytes) {
    this.bytes = bytes;
    this.head = Words.head(bytes, 0, bytes.length);
  }

  public static JsonKey of(String text) {
    return new JsonKey(text.getBytes(UTF_8));
  }

  int length() {
    return bytes.length;
  }
}
