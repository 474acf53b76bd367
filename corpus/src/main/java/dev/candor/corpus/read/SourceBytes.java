package dev.candor.corpus.read;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a source, unpacked where they are gzip, a buffer at a time. For one thread.
 *
 * <p>A gzip file that is cut off or damaged ends where it can no longer be read; {@link #damage}
 * then says so.
 */
public final class SourceBytes implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;

  final byte[] buffer = new byte[BUFFER_BYTES];
  int position;
  int limit;
  private final String name;
  private final Counted raw;
  private final InputStream stream;
  private @Nullable String damage;

  /**
   * @param name for messages
   */
  public SourceBytes(String name, InputStream in) {
    this.name = name;
    this.raw = new Counted(in);
    this.stream = opened(raw);
    fill();
    skipByteOrderMark();
  }

  private InputStream opened(Counted in) {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    try {
      buffered.mark(2);
      boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
      buffered.reset();
      return gzip ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
    } catch (EOFException e) {
      throw CandorException.user(
          "%s: found a gzip file that ends in its header, must be a whole one".formatted(name));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void skipByteOrderMark() {
    int first = limit > 0 ? buffer[0] & 0xff : -1;
    int second = limit > 1 ? buffer[1] & 0xff : -1;
    if (first == 0xef && second == 0xbb && limit > 2 && (buffer[2] & 0xff) == 0xbf) {
      position = 3;
    } else if ((first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff)) {
      throw utf16("a byte order mark of UTF-16");
    } else if (limit > 1 && (first == 0) != (second == 0)) {
      throw utf16("text of two bytes a character (UTF-16)");
    }
  }

  private CandorException utf16(String found) {
    return CandorException.user(
        "%s: found %s, must be UTF-8; convert it with iconv -f UTF-16 -t UTF-8"
            .formatted(name, found));
  }

  /** Reads on where the buffer is used up; false at the end. */
  boolean fill() {
    if (position < limit) {
      return true;
    }
    position = 0;
    limit = 0;
    try {
      while (limit < buffer.length) {
        int count = stream.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
          break;
        }
        limit += count;
      }
    } catch (EOFException | ZipException e) {
      damage =
          e instanceof EOFException
              ? "found the gzip data cut off, must be a whole gzip file"
              : "found damaged gzip data, must be a whole gzip file";
    } catch (IOException e) {
      throw unreadable(e);
    }
    return limit > 0;
  }

  private CandorException unreadable(IOException e) {
    return new CandorException(
        ErrorCode.TARGET, "%s: cannot be read: %s".formatted(name, e.getMessage()), e);
  }

  /** Why it ended before its time, in the words of a message; null where it did not, so far. */
  @Nullable String damage() {
    return damage;
  }

  /** Bytes taken from the source so far, as they lie there. */
  public long bytesRead() {
    return raw.count;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /** Counts, and always has more to offer: else gzip's reader may end after the first member. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long count;

    Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }

    @Override
    public int available() {
      return 1;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
