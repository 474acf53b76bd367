package dev.candor.record;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the log of a run's attempts, which another process may still be writing: each attempt once,
 * in the order of their ends, when it is whole. <b>For one thread.</b>
 */
final class AttemptTail implements AutoCloseable {
  private final FrameTail frames;
  private final AttemptBytes bytes = new AttemptBytes();

  AttemptTail(Path file) throws IOException {
    frames = new FrameTail(file);
  }

  /** Hands over what was added since the last call. */
  void read(AttemptLog.Receiver receiver) throws IOException {
    frames.read(
        (array, from, length) -> {
          System.arraycopy(array, from, bytes.room(length), 0, length);
          receiver.accept(bytes.read());
        });
  }

  /** How many bytes of the file have been handed over. */
  long position() {
    return frames.position();
  }

  /** Bytes behind those, which are no whole frame. */
  long rest() throws IOException {
    return frames.rest();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
