package dev.candor.load.transport.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a response's head that matter to us. <b>For one thread.</b> */
final class Http1Fields {
  private static final int MOST_DIGITS = 18;

  /** -1 where there is none. */
  long contentLength = -1;

  boolean hasTransferEncoding;

  /** Whether the last transfer coding is chunked. */
  boolean chunkedLast;

  /** The codings of the body beside chunks, or null. */
  @Nullable String encoding;

  boolean close;
  boolean keepAlive;

  /** All fields of a response that refuses, by lower-case name; else empty. */
  private final Map<String, String> kept = new HashMap<>();

  private boolean keep;

  /** Says, ahead of the first field, that all are to be kept. */
  void keepAll() {
    keep = true;
  }

  Map<String, String> kept() {
    return kept;
  }

  void reset() {
    keep = false;
    kept.clear();
    contentLength = -1;
    hasTransferEncoding = false;
    chunkedLast = false;
    encoding = null;
    close = false;
    keepAlive = false;
  }

  /** Reads a field line, its continuations joined. */
  void read(byte[] line, int length) throws BrokenHttpException {
    int colon = 0;
    while (colon < length && line[colon] != ':') {
      colon++;
    }
    int nameEnd = colon;
    while (nameEnd > 0 && isSpace(line[nameEnd - 1])) {
      nameEnd--;
    }
    if (colon == length || nameEnd == 0 || !isToken(line, nameEnd)) {
      throw BrokenHttpException.notHttp(
          Http1Head.excerpt(line, length) + " instead of a response header such as 'name: value'");
    }
    int from = colon + 1;
    int to = length;
    while (from < to && isSpace(line[from])) {
      from++;
    }
    while (to > from && isSpace(line[to - 1])) {
      to--;
    }
    for (int i = from; i < to; i++) {
      if (line[i] == 0 || line[i] == '\r') {
        throw BrokenHttpException.notHttp(
            Http1Head.excerpt(line, length) + ": a control character in a response header");
      }
    }
    if (keep) {
      kept.put(
          Http1Head.text(line, 0, nameEnd).toLowerCase(Locale.ROOT),
          Http1Head.text(line, from, to));
    }
    // The length tells most fields apart from ours.
    switch (nameEnd) {
      case 10 -> {
        if (is("connection", line)) {
          connection(Http1Head.text(line, from, to));
        }
      }
      case 14 -> {
        if (is("content-length", line)) {
          contentLength(Http1Head.text(line, from, to));
        }
      }
      case 16 -> {
        if (is("content-encoding", line)) {
          addEncoding(Http1Head.text(line, from, to));
        }
      }
      case 17 -> {
        if (is("transfer-encoding", line)) {
          transferEncoding(Http1Head.text(line, from, to));
        }
      }
      default -> {}
    }
  }

  private static boolean is(String name, byte[] line) {
    for (int i = 0; i < name.length(); i++) {
      // Letters and hyphens alone: this bit is the case of the former, and set in the latter.
      if ((line[i] | 0x20) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isToken(byte[] line, int to) {
    for (int i = 0; i < to; i++) {
      if (line[i] <= ' ' || line[i] == 0x7F || "\"(),/:;<=>?@[\\]{}".indexOf(line[i]) >= 0) {
        return false;
      }
    }
    return true;
  }

  private void connection(String value) {
    for (String option : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      switch (option.strip()) {
        case "close" -> close = true;
        case "keep-alive" -> keepAlive = true;
        default -> {}
      }
    }
  }

  /** Equal ones may be repeated (RFC 9112, 6.3); others leave the body without a known end. */
  private void contentLength(String value) throws BrokenHttpException {
    for (String one : value.split(",", -1)) {
      long length = length(one.strip());
      if (contentLength >= 0 && contentLength != length) {
        throw BrokenHttpException.notHttp(
            "content-length is both %d and %d".formatted(contentLength, length));
      }
      contentLength = length;
    }
  }

  private static long length(String digits) throws BrokenHttpException {
    boolean valid = !digits.isEmpty() && digits.length() <= MOST_DIGITS;
    for (int i = 0; valid && i < digits.length(); i++) {
      valid = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!valid) {
      throw BrokenHttpException.notHttp(
          "content-length '%s', must be a number of at most %d digits"
              .formatted(shortened(digits), MOST_DIGITS));
    }
    return Long.parseLong(digits);
  }

  private void transferEncoding(String value) throws BrokenHttpException {
    hasTransferEncoding = true;
    for (String one : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      String coding = one.strip();
      if (coding.equals("chunked")) {
        if (chunkedLast) {
          throw BrokenHttpException.notHttp("transfer-encoding is chunked twice");
        }
        chunkedLast = true;
      } else if (!coding.isEmpty() && !coding.equals("identity")) {
        chunkedLast = false;
        addEncoding(coding);
      }
    }
  }

  private void addEncoding(String more) {
    encoding = encoding == null ? more : encoding + ", " + more;
  }

  private static String shortened(String text) {
    return text.length() <= 30 ? text : text.substring(0, 30) + "…";
  }
}
