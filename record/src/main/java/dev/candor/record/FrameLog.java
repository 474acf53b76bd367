package dev.candor.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file to which frames are only ever added, so that whatever ends its process leaves all frames
 * but the last whole. Read by {@link FrameTail}. <b>For one thread.</b>
 */
final class FrameLog implements AutoCloseable {
  /** Of each frame: how many bytes follow, and their CRC-32C. */
  static final int HEAD = 8;

  private static final int BUFFER = 1 << 20;

  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  private FrameLog(FileChannel channel) {
    this.channel = channel;
  }

  /** Makes {@code file}, which must not exist. */
  static FrameLog create(Path file) throws IOException {
    return new FrameLog(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Goes on with {@code file} behind its first {@code length} bytes; what follows them is cut. */
  static FrameLog reopen(Path file, long length) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(length);
    channel.position(length);
    return new FrameLog(channel);
  }

  /** Adds the first {@code length} bytes of {@code payload} as a frame. */
  void append(byte[] payload, int length) throws IOException {
    if (buffer.remaining() < HEAD + length) {
      flush();
    }
    if (buffer.remaining() >= HEAD + length) {
      frame(buffer, payload, length);
      return;
    }
    ByteBuffer large = ByteBuffer.allocate(HEAD + length);
    frame(large, payload, length);
    writeAll(large);
  }

  private void frame(ByteBuffer to, byte[] payload, int length) {
    checksum.reset();
    checksum.update(payload, 0, length);
    to.putInt(length);
    to.putInt((int) checksum.getValue());
    to.put(payload, 0, length);
  }

  /** Hands all that was appended to the operating system: it outlives this process. */
  void flush() throws IOException {
    writeAll(buffer);
  }

  /** Has all that was flushed on the disk: it outlives the machine. May be called by any thread. */
  void sync() throws IOException {
    channel.force(false);
  }

  /** Bytes that were flushed. */
  long size() throws IOException {
    return channel.size();
  }

  private void writeAll(ByteBuffer from) throws IOException {
    from.flip();
    try {
      while (from.hasRemaining()) {
        channel.write(from);
      }
    } finally {
      // What a full disk did not take is not to be written twice.
      from.compact();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
