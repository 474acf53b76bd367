package dev.candor.record;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The attempts of a run that lasts, in a file, in the order of their end. Read by {@link
 * AttemptTail} and, once it is over, by {@link AttemptSort}. <b>For one thread.</b>
 */
final class AttemptLog implements AutoCloseable {
  private final FrameLog frames;
  private final AttemptBytes bytes = new AttemptBytes();

  /** Takes the attempts one by one. */
  interface Receiver {
    void accept(AttemptRecord attempt) throws IOException;
  }

  private AttemptLog(FrameLog frames) {
    this.frames = frames;
  }

  /** Makes {@code file}. */
  static AttemptLog create(Path file) throws IOException {
    return new AttemptLog(FrameLog.create(file));
  }

  /** Goes on with {@code file} behind its first {@code length} bytes. */
  static AttemptLog reopen(Path file, long length) throws IOException {
    return new AttemptLog(FrameLog.reopen(file, length));
  }

  void append(AttemptRecord attempt) throws IOException {
    bytes.write(attempt);
    frames.append(bytes.array(), bytes.length());
  }

  void flush() throws IOException {
    frames.flush();
  }

  /** May be called by any thread; brings what was flushed to the disk. */
  void sync() throws IOException {
    frames.sync();
  }

  /** Bytes that were flushed. */
  long size() throws IOException {
    return frames.size();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
