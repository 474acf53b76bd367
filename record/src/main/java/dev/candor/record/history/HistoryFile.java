package dev.candor.record.history;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a catalogue: DuckDB lets one process at a time open a file, and fails at
 * once where another has it. So each holds a lock on a file beside it, which others wait for, and
 * which the operating system lets go of however a process ends. <b>Safe for use by any thread.</b>
 */
final class HistoryFile implements AutoCloseable {
  /** Of this process: a file must not be locked twice in one. */
  private static final ReentrantLock HERE = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private HistoryFile(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes it, and waits while another process has it.
   *
   * @param told hears that it has to wait
   * @throws CandorException where no file can be there
   */
  static HistoryFile take(Path file, Consumer<String> told) {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    HERE.lock();
    FileChannel channel = null;
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        told.accept("another process is at work on " + file + "; waiting for it");
        lock = channel.lock();
      }
      return new HistoryFile(channel, lock);
    } catch (IOException e) {
      closeQuietly(channel);
      HERE.unlock();
      throw new CandorException(
          ErrorCode.USER,
          "the history in %s cannot be opened: %s; name a file that you may write to with --history or CANDOR_HISTORY"
              .formatted(file, e.getClass().getSimpleName() + ": " + e.getMessage()),
          e);
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written to it.
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      // It goes with the channel.
    }
    closeQuietly(channel);
    HERE.unlock();
  }
}
