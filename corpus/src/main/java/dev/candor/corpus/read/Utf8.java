package dev.candor.corpus.read;

/** Says where bytes stop being UTF-8. */
final class Utf8 {
  private Utf8() {}

  /**
   * Checks the first {@code length} bytes.
   *
   * @throws BadRecord where they are not UTF-8, with the byte's number
   */
  static void check(byte[] bytes, int length) {
    int lines = 0;
    int lineStart = 0;
    int i = 0;
    while (i < length) {
      int first = bytes[i];
      if (first >= 0) {
        if (first == '\n') {
          lines++;
          lineStart = i + 1;
        }
        i++;
        continue;
      }
      int size = size(bytes, i, length);
      if (size == 0) {
        throw new BadRecord(
            Reason.NOT_UTF8,
            "found a byte %02X that is not UTF-8 as byte %d of its line, must be UTF-8"
                .formatted(first & 0xff, i - lineStart + 1),
            lines);
      }
      i += size;
    }
  }

  /** Bytes of the character at {@code i}; 0 where it is none (RFC 3629, section 4). */
  private static int size(byte[] bytes, int i, int length) {
    int first = bytes[i] & 0xff;
    int size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || i + size > length) {
      return 0;
    }
    int second = bytes[i + 1] & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int j = 2; j < size; j++) {
      if ((bytes[i + j] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
