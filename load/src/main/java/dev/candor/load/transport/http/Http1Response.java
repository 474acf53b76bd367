package dev.candor.load.transport.http;

import dev.candor.record.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 responses (RFC 9112) that follow each other on a connection, from bytes that may
 * be split anywhere. <b>For one thread.</b>
 */
final class Http1Response {
  /*
   * Chunks are joined where they lie: the framing between two of them is overwritten by moving the
   * second one up, so that a read is told as one range of the body, however many chunks it has.
   * Nothing is allocated between the head and the end of a response.
   */

  /** The longest line with a chunk's size, extensions included, in bytes. */
  static final int CHUNK_LINE_LIMIT = 8 << 10;

  /** The longest trailer section, in bytes. */
  static final int TRAILERS_LIMIT = 64 << 10;

  /** The most informational responses (1xx) ahead of the one asked for. */
  static final int MOST_INTERIM = 64;

  /** Hears what comes; may call {@link Http1Response#stop}. */
  interface Listener {
    /**
     * The head of a response that is not informational.
     *
     * @param encoding how its body is coded beside chunks, or null
     * @param fields all of it where it refuses, by lower-case name, else none; valid during the
     *     call only
     */
    void onHead(int status, @Nullable String encoding, Map<String, String> fields);

    /** The next bytes of the body; valid during the call only. */
    void onBody(byte[] bytes, int offset, int length);

    /** The response is complete. */
    void onEnd();

    /** It cannot be read on; nothing more is told. */
    void onBroken(Outcome outcome, String why);
  }

  private enum Part {
    HEAD,
    SIZED,
    UNTIL_CLOSE,
    CHUNKS,
    TRAILERS,
    STOPPED
  }

  private enum ChunkPart {
    SIZE,
    EXTENSION,
    SIZE_LINE_FEED,
    DATA,
    DATA_END,
    DATA_LINE_FEED
  }

  private final Http1Head head = new Http1Head();
  private Part part = Part.HEAD;
  private ChunkPart chunkPart = ChunkPart.SIZE;
  private boolean keepAlive;
  private int interim;
  private long left;
  private int sizeDigits;
  private int lineBytes;
  private boolean lineEmpty;

  /** Reads no further: what is left of the response is not wanted. */
  void stop() {
    part = Part.STOPPED;
  }

  /** Whether the last response leaves the connection open for another. */
  boolean keepAlive() {
    return keepAlive;
  }

  /** Whether the end of the connection is the end of the response. */
  boolean endsWithConnection() {
    return part == Part.UNTIL_CLOSE;
  }

  /**
   * Reads the next bytes, up to the end of a response; overwrites them.
   *
   * @return how many of them it took: fewer than {@code length} where a response ended before
   */
  int read(byte[] bytes, int offset, int length, Listener listener) {
    int end = offset + length;
    int at = offset;
    try {
      while (at < end) {
        switch (part) {
          case HEAD -> {
            int behind = head.read(bytes, at, end);
            at = behind < 0 ? end : behind;
            if (behind >= 0 && headEnded(listener)) {
              return at - offset;
            }
          }
          case SIZED -> {
            int count = (int) Math.min(left, end - at);
            left -= count;
            listener.onBody(bytes, at, count);
            at += count;
            if (left == 0 && part == Part.SIZED) {
              ended(listener);
              return at - offset;
            }
          }
          case UNTIL_CLOSE -> {
            listener.onBody(bytes, at, end - at);
            at = end;
          }
          case CHUNKS -> at = readChunks(bytes, at, end, listener);
          case TRAILERS -> {
            at = readTrailers(bytes, at, end);
            if (at < 0) {
              at = -at;
              ended(listener);
              return at - offset;
            }
          }
          case STOPPED -> at = end;
        }
      }
    } catch (BrokenHttpException e) {
      stop();
      listener.onBroken(e.outcome, String.valueOf(e.getMessage()));
    }
    return length;
  }

  /** Whether that was all of a response. */
  private boolean headEnded(Listener listener) throws BrokenHttpException {
    int status = head.status();
    if (status < 200) {
      if (status == 101) {
        throw BrokenHttpException.notHttp("status 101: another protocol, which was not asked for");
      }
      if (++interim > MOST_INTERIM) {
        throw BrokenHttpException.oversized(
            "over " + MOST_INTERIM + " informational responses (1xx) in a row");
      }
      head.reset();
      return false;
    }
    Part body = bodyOf(status);
    keepAlive = head.persistent() && body != Part.UNTIL_CLOSE;
    part = body;
    left = head.contentLength();
    beginChunkLine();
    listener.onHead(status, head.encoding(), head.kept());
    // HEAD stands for: no body.
    if (part == Part.HEAD) {
      ended(listener);
      return true;
    }
    return false;
  }

  /** RFC 9112, 6.3. */
  private Part bodyOf(int status) {
    if (status == 204 || status == 304) {
      return Part.HEAD;
    }
    if (head.hasTransferEncoding()) {
      return head.chunked() ? Part.CHUNKS : Part.UNTIL_CLOSE;
    }
    if (head.contentLength() == 0) {
      return Part.HEAD;
    }
    return head.contentLength() > 0 ? Part.SIZED : Part.UNTIL_CLOSE;
  }

  private void ended(Listener listener) {
    part = Part.HEAD;
    interim = 0;
    head.reset();
    listener.onEnd();
  }

  private int readChunks(byte[] bytes, int from, int end, Listener listener)
      throws BrokenHttpException {
    int at = from;
    int start = from;
    int tail = from;
    try {
      while (at < end && part == Part.CHUNKS) {
        if (chunkPart == ChunkPart.DATA) {
          int count = (int) Math.min(left, end - at);
          if (tail == start) {
            start = at;
            tail = at;
          } else {
            System.arraycopy(bytes, at, bytes, tail, count);
          }
          at += count;
          tail += count;
          left -= count;
          if (left == 0) {
            chunkPart = ChunkPart.DATA_END;
          }
        } else {
          readFraming(bytes[at++]);
        }
      }
    } catch (BrokenHttpException e) {
      tell(bytes, start, tail, listener);
      if (part == Part.STOPPED) {
        return end;
      }
      throw e;
    }
    tell(bytes, start, tail, listener);
    return at;
  }

  private static void tell(byte[] bytes, int start, int tail, Listener listener) {
    if (tail > start) {
      listener.onBody(bytes, start, tail - start);
    }
  }

  private void beginChunkLine() {
    chunkPart = ChunkPart.SIZE;
    sizeDigits = 0;
    lineBytes = 0;
    if (part == Part.CHUNKS) {
      left = 0;
    }
  }

  private void readFraming(byte b) throws BrokenHttpException {
    switch (chunkPart) {
      case SIZE -> readSize(b);
      case EXTENSION -> {
        countLine("a chunk's line");
        if (b == '\n') {
          sizeEnded();
        } else if (b == '\r') {
          chunkPart = ChunkPart.SIZE_LINE_FEED;
        }
      }
      case SIZE_LINE_FEED -> {
        if (b != '\n') {
          throw wrongByte(b, "the line feed behind a chunk's size");
        }
        sizeEnded();
      }
      case DATA_END -> {
        if (b == '\r') {
          chunkPart = ChunkPart.DATA_LINE_FEED;
        } else if (b == '\n') {
          beginChunkLine();
        } else {
          throw wrongByte(b, "the end of a chunk as long as its size says");
        }
      }
      case DATA_LINE_FEED -> {
        if (b != '\n') {
          throw wrongByte(b, "the line feed behind a chunk");
        }
        beginChunkLine();
      }
      case DATA -> throw new AssertionError("data is no framing");
    }
  }

  private void readSize(byte b) throws BrokenHttpException {
    countLine("a chunk's size");
    int digit = hexDigit(b);
    if (digit >= 0) {
      if (left > Long.MAX_VALUE >> 4) {
        throw BrokenHttpException.notHttp("a chunk's size of over 63 bits");
      }
      left = left << 4 | digit;
      sizeDigits++;
    } else if (sizeDigits == 0) {
      throw wrongByte(b, "a chunk's size in hexadecimal digits");
    } else if (b == '\n') {
      sizeEnded();
    } else if (b == '\r') {
      chunkPart = ChunkPart.SIZE_LINE_FEED;
    } else if (b == ';' || b == ' ' || b == '\t') {
      chunkPart = ChunkPart.EXTENSION;
    } else {
      throw wrongByte(b, "the end of a chunk's size");
    }
  }

  private void countLine(String what) throws BrokenHttpException {
    if (++lineBytes > CHUNK_LINE_LIMIT) {
      throw BrokenHttpException.oversized(
          what + " of over " + CHUNK_LINE_LIMIT + " bytes without an end");
    }
  }

  private void sizeEnded() {
    if (left > 0) {
      chunkPart = ChunkPart.DATA;
    } else {
      part = Part.TRAILERS;
      lineBytes = 0;
      lineEmpty = true;
    }
  }

  private static int hexDigit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private static BrokenHttpException wrongByte(byte b, String wanted) {
    return BrokenHttpException.notHttp(
        "%s instead of %s".formatted(Http1Head.excerpt(new byte[] {b}, 1), wanted));
  }

  /** Trailers say nothing to us; returns the index behind them, negated where they have ended. */
  private int readTrailers(byte[] bytes, int from, int end) throws BrokenHttpException {
    for (int at = from; at < end; at++) {
      byte b = bytes[at];
      if (++lineBytes > TRAILERS_LIMIT) {
        throw BrokenHttpException.oversized(
            "trailers of over " + TRAILERS_LIMIT + " bytes without an end");
      }
      if (b == '\n') {
        if (lineEmpty) {
          return -(at + 1);
        }
        lineEmpty = true;
      } else if (b != '\r') {
        lineEmpty = false;
      }
    }
    return end;
  }
}
