package dev.candor.record;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of one type, appended to a file while a run lasts; a frame of JSON each, so that a type
 * may get components without anything to change here. Read by {@link JsonTail}. <b>For one
 * thread.</b>
 */
final class JsonLog implements AutoCloseable {
  private final FrameLog frames;

  private JsonLog(FrameLog frames) {
    this.frames = frames;
  }

  /** Makes {@code file}. */
  static JsonLog create(Path file) throws IOException {
    return new JsonLog(FrameLog.create(file));
  }

  /** Goes on with {@code file}, which may not exist, behind its first {@code length} bytes. */
  static JsonLog reopen(Path file, long length) throws IOException {
    return new JsonLog(FrameLog.reopen(file, length));
  }

  void append(Record item) throws IOException {
    byte[] json = JsonMapper.shared().writeValueAsBytes(item);
    frames.append(json, json.length);
  }

  void flush() throws IOException {
    frames.flush();
  }

  /** May be called by any thread; brings what was flushed to the disk. */
  void sync() throws IOException {
    frames.sync();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
