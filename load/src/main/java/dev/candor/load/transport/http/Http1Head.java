package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of an HTTP/1.1 response: its status line, and of its fields those that say where
 * the body ends and how it is coded. <b>For one thread; reusable through {@link #reset}.</b>
 */
final class Http1Head {
  /*
   * A line is gathered before it is looked at, a field with the lines that continue it (RFC 9112,
   * 5.2), for which the first byte of the next line must be seen: once a response, so the copy
   * costs nothing that counts.
   */

  /** The longest status line, in bytes. */
  static final int STATUS_LINE_LIMIT = 8 << 10;

  /** The longest head behind the status line, in bytes. */
  static final int FIELDS_LIMIT = 64 << 10;

  private static final byte[] VERSION = "HTTP/1.".getBytes(US_ASCII);
  private static final int EXCERPT = 60;
  private static final int REFUSAL = 400;
  private static final int KEPT_CAPACITY = 4 << 10;

  private byte[] line = new byte[256];
  private int lineLength;
  private boolean inStatusLine = true;
  private boolean atLineStart;
  private int fieldBytes;
  private int status;
  private int minorVersion;
  private final Http1Fields fields = new Http1Fields();

  /** Forgets the last head. */
  void reset() {
    if (line.length > KEPT_CAPACITY) {
      line = new byte[256];
    }
    lineLength = 0;
    inStatusLine = true;
    atLineStart = false;
    fieldBytes = 0;
    fields.reset();
  }

  int status() {
    return status;
  }

  /** Length of the body, -1 where the head does not say. */
  long contentLength() {
    return fields.contentLength;
  }

  boolean hasTransferEncoding() {
    return fields.hasTransferEncoding;
  }

  /** Whether chunks are the last of the transfer codings. */
  boolean chunked() {
    return fields.chunkedLast;
  }

  /** How the body is coded beside chunks, or null. */
  @Nullable String encoding() {
    return fields.encoding;
  }

  /** All fields of a response that refuses, by lower-case name; else none. */
  Map<String, String> kept() {
    return fields.kept();
  }

  /** Whether the connection stays open, as far as its head alone says (RFC 9112, 9.3). */
  boolean persistent() {
    boolean faultyFraming =
        fields.hasTransferEncoding && (fields.contentLength >= 0 || minorVersion == 0);
    return !faultyFraming && !fields.close && (minorVersion > 0 || fields.keepAlive);
  }

  /**
   * Reads on.
   *
   * @return the index behind the head, or -1 where it goes on behind {@code end}
   */
  int read(byte[] bytes, int from, int end) throws BrokenHttpException {
    int at = from;
    while (at < end) {
      if (atLineStart) {
        at = beginLine(bytes, at);
      }
      int stop = lineFeed(bytes, at, end);
      if (inStatusLine) {
        gatherStatusLine(bytes, at, stop);
      } else {
        gatherField(bytes, at, stop);
      }
      if (stop == end) {
        return -1;
      }
      at = stop + 1;
      if (lineLength > 0 && line[lineLength - 1] == '\r') {
        lineLength--;
      }
      if (inStatusLine) {
        readStatusLine();
        inStatusLine = false;
        lineLength = 0;
      } else if (lineLength == 0) {
        return at;
      }
      atLineStart = true;
    }
    return -1;
  }

  private static int lineFeed(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return end;
  }

  /** The last field is complete unless this line continues it. */
  private int beginLine(byte[] bytes, int at) throws BrokenHttpException {
    atLineStart = false;
    boolean continued = bytes[at] == ' ' || bytes[at] == '\t';
    if (continued && lineLength == 0) {
      throw BrokenHttpException.notHttp("a response header begins with white space, not a name");
    }
    if (!continued && lineLength > 0) {
      fields.read(line, lineLength);
      lineLength = 0;
    }
    return at;
  }

  private void gatherStatusLine(byte[] bytes, int from, int to) throws BrokenHttpException {
    boolean fits = to - from <= STATUS_LINE_LIMIT - lineLength;
    append(bytes, from, fits ? to : from + STATUS_LINE_LIMIT - lineLength);
    int known = Math.min(lineLength, VERSION.length);
    if (!Arrays.equals(line, 0, known, VERSION, 0, known)) {
      throw notAStatusLine();
    }
    if (!fits) {
      throw BrokenHttpException.oversized(
          "a status line of over " + STATUS_LINE_LIMIT + " bytes without an end");
    }
  }

  private void gatherField(byte[] bytes, int from, int to) throws BrokenHttpException {
    if (to - from + 1 > FIELDS_LIMIT - fieldBytes) {
      throw BrokenHttpException.oversized(
          "a response header of over " + FIELDS_LIMIT + " bytes without an end");
    }
    fieldBytes += to - from + 1;
    append(bytes, from, to);
  }

  private void append(byte[] bytes, int from, int to) {
    int length = to - from;
    if (lineLength + length > line.length) {
      line = Arrays.copyOf(line, 2 * (lineLength + length));
    }
    System.arraycopy(bytes, from, line, lineLength, length);
    lineLength += length;
  }

  /** {@code HTTP/1.x SP 3DIGIT SP reason}; many leave the last space out with the reason. */
  private void readStatusLine() throws BrokenHttpException {
    boolean whole =
        lineLength >= 12
            && isDigit(line[7])
            && line[8] == ' '
            && isDigit(line[9])
            && isDigit(line[10])
            && isDigit(line[11])
            && (lineLength == 12 || line[12] == ' ');
    if (!whole || line[9] == '0') {
      throw notAStatusLine();
    }
    minorVersion = line[7] - '0';
    status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + line[11] - '0';
    if (status >= REFUSAL) {
      fields.keepAll();
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private BrokenHttpException notAStatusLine() {
    return BrokenHttpException.notHttp(
        "%s instead of a status line such as 'HTTP/1.1 200 OK'%s"
            .formatted(excerpt(line, lineLength), hint()));
  }

  private String hint() {
    if (lineLength >= 2 && (line[0] == 0x15 || line[0] == 0x16) && line[1] == 3) {
      return "; this is TLS: the address must begin with https";
    }
    if (lineLength >= 4 && line[0] == 0 && line[1] == 0 && line[3] == 4) {
      return "; this looks like HTTP/2";
    }
    return "";
  }

  /** The beginning of {@code bytes} as text, what cannot be shown as {@code \xNN}. */
  static String excerpt(byte[] bytes, int length) {
    StringBuilder text = new StringBuilder("'");
    for (int i = 0; i < Math.min(length, EXCERPT); i++) {
      if (bytes[i] >= ' ' && bytes[i] < 0x7F) {
        text.append((char) bytes[i]);
      } else {
        text.append("\\x%02x".formatted(bytes[i]));
      }
    }
    return text.append(length > EXCERPT ? "…'" : "'").toString();
  }

  /** {@code bytes} as a header's text. */
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
