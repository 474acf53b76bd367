package dev.candor.load.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Blocks on disk, in slots that are used again; truncated when all are free. The file has no name
 * once it is open, so that even a crash leaves nothing of it. For one thread.
 */
final class SpillFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer slot = ByteBuffer.allocateDirect(TraceBlock.SIZE + Integer.BYTES);
  private int[] free = new int[64];
  private int freeSlots;
  private int slots;

  SpillFile(Path path) {
    this.path = path;
    try {
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Stores a block; the number of its slot. */
  int write(TraceBlock block) {
    int number = freeSlots > 0 ? free[--freeSlots] : slots++;
    slot.clear().putInt(block.length).put(block.bytes).flip();
    try {
      for (long at = start(number); slot.hasRemaining(); ) {
        at += channel.write(slot, at);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    return number;
  }

  /** Appends what slot {@code number} holds to {@code to}, at {@code length}; the new length. */
  int read(int number, byte[] to, int length) {
    slot.clear();
    try {
      for (long at = start(number); slot.hasRemaining(); ) {
        int read = channel.read(slot, at);
        if (read < 0) {
          throw new IOException("it ends early");
        }
        at += read;
      }
    } catch (IOException e) {
      throw failed(e);
    }
    int stored = slot.flip().getInt();
    slot.get(to, length, stored);
    return length + stored;
  }

  void free(int number) {
    if (freeSlots == free.length) {
      free = Arrays.copyOf(free, 2 * freeSlots);
    }
    free[freeSlots++] = number;
    if (freeSlots == slots) {
      freeSlots = 0;
      slots = 0;
      try {
        channel.truncate(0);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /** Slots in use. */
  int used() {
    return slots - freeSlots;
  }

  private static long start(int number) {
    return (long) number * (TraceBlock.SIZE + Integer.BYTES);
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("%s: %s".formatted(path, e.getMessage()), e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
