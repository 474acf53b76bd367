package dev.candor.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads a {@link FrameLog}, of this process or of another that may still be adding to it: each
 * frame once, and none before it is whole. <b>For one thread.</b>
 */
final class FrameTail implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private ByteBuffer window = ByteBuffer.allocate(BUFFER);
  private long position;

  /**
   * Takes the frames one by one.
   *
   * @param <E> how that fails
   */
  interface Receiver<E extends Exception> {
    /**
     * @param array holds the frame's payload
     */
    void accept(byte[] array, int from, int length) throws E;
  }

  FrameTail(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * Hands over the frames that were added since the last call; stops before the first that is not
   * whole, to look at it again in the next one.
   */
  <E extends Exception> void read(Receiver<E> receiver) throws IOException, E {
    while (fill()) {
      long before = position;
      while (isWhole()) {
        int length = window.getInt(window.position());
        receiver.accept(window.array(), window.position() + FrameLog.HEAD, length);
        window.position(window.position() + FrameLog.HEAD + length);
        position += FrameLog.HEAD + length;
      }
      if (position == before) {
        return;
      }
    }
  }

  /** How many bytes of the file have been handed over: whole frames all. */
  long position() {
    return position;
  }

  /** Bytes behind those: of a frame that is being written, or was when its process died. */
  long rest() throws IOException {
    return channel.size() - position;
  }

  /** Reads what stands at the position; whether that can be a whole frame. */
  private boolean fill() throws IOException {
    load();
    if (window.remaining() < FrameLog.HEAD) {
      return false;
    }
    long frame = (long) FrameLog.HEAD + window.getInt(0);
    if (frame <= FrameLog.HEAD || frame > rest() || frame > Integer.MAX_VALUE - FrameLog.HEAD) {
      return false;
    }
    if (frame > window.capacity()) {
      window = ByteBuffer.allocate((int) frame);
      load();
    }
    return true;
  }

  private void load() throws IOException {
    window.clear();
    int read = 0;
    while (window.hasRemaining() && read >= 0) {
      read = channel.read(window, position + window.position());
    }
    window.flip();
  }

  private boolean isWhole() {
    if (window.remaining() < FrameLog.HEAD) {
      return false;
    }
    int at = window.position();
    int length = window.getInt(at);
    if (length <= 0 || window.remaining() - FrameLog.HEAD < length) {
      return false;
    }
    checksum.reset();
    checksum.update(window.array(), at + FrameLog.HEAD, length);
    return (int) checksum.getValue() == window.getInt(at + 4);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
