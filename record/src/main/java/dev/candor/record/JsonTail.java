package dev.candor.record;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a {@link JsonLog}, which another process may still be writing. <b>For one thread.</b>
 *
 * @param <T> what is in it
 */
final class JsonTail<T extends Record> implements AutoCloseable {
  private final FrameTail frames;
  private final ObjectReader reader;

  /**
   * Takes the items one by one.
   *
   * @param <E> how that fails
   */
  interface Receiver<T, E extends Exception> {
    void accept(T item) throws E;
  }

  JsonTail(Path file, Class<T> type) throws IOException {
    frames = new FrameTail(file);
    reader = JsonMapper.shared().readerFor(type);
  }

  /** Hands over what was added since the last call. */
  <E extends Exception> void read(Receiver<T, E> receiver) throws IOException, E {
    frames.<E>read(
        (array, from, length) -> {
          T item = reader.readValue(array, from, length);
          receiver.accept(item);
        });
  }

  /** How many bytes of the file have been handed over. */
  long position() {
    return frames.position();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
