package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseListener.TextKind;

/** Tells of text that is not in JSON. <b>For one thread.</b> */
final class PlainText {
  private byte[] escaped = new byte[256];

  /** Tells of the text as a JSON string would have it: a backslash in it means itself. */
  void tell(byte[] bytes, int offset, int length, ResponseListener listener) {
    int end = offset + length;
    int slashes = 0;
    for (int i = offset; i < end; i++) {
      slashes += bytes[i] == '\\' ? 1 : 0;
    }
    if (slashes == 0) {
      listener.onText(TextKind.ANSWER, bytes, offset, length);
      return;
    }
    if (escaped.length < length + slashes) {
      escaped = new byte[2 * (length + slashes)];
    }
    int at = 0;
    for (int i = offset; i < end; i++) {
      if (bytes[i] == '\\') {
        escaped[at++] = '\\';
      }
      escaped[at++] = bytes[i];
    }
    listener.onText(TextKind.ANSWER, escaped, 0, at);
  }
}
