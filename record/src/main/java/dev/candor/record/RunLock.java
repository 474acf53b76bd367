package dev.candor.record;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Says that a process is at work on a run. The operating system lets go of it whatever ends the
 * process. <b>Safe for use by any thread.</b>
 */
public final class RunLock implements AutoCloseable {
  /** Of this process: a file must not be opened twice, as closing it once would unlock it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Who asks whether it is held, as a dashboard does all the time, has a share of it meanwhile. */
  private static final int TRIES = 5;

  private static final long PAUSE_MILLIS = 10;

  private final Path file;
  private final FileChannel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws CandorException where another run has it
   */
  public static RunLock take(RunDirectory directory) {
    RunLock lock = tryTake(directory);
    for (int i = 0; lock == null && i < TRIES && pause(); i++) {
      lock = tryTake(directory);
    }
    if (lock == null) {
      throw CandorException.user(
          "%s: a process is still at work on this run; candor report --follow shows it"
              .formatted(directory.path()));
    }
    return lock;
  }

  /** Whether a live process has it. Needs no right to write. */
  public static boolean isHeld(RunDirectory directory) {
    Path file = file(directory);
    if (HELD.contains(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    }
  }

  private static boolean pause() {
    try {
      var _ = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path file(RunDirectory directory) {
    return directory.lock().toAbsolutePath().normalize();
  }

  private static @Nullable RunLock tryTake(RunDirectory directory) {
    Path file = file(directory);
    if (!HELD.add(file)) {
      return null;
    }
    FileChannel channel = null;
    FileLock taken = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      taken = channel.tryLock();
      return taken == null ? null : new RunLock(file, channel);
    } catch (IOException e) {
      throw Database.failed(directory.path(), e);
    } finally {
      if (taken == null) {
        HELD.remove(file);
        closeQuietly(channel);
      }
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

  private void release() {
    closeQuietly(channel);
    HELD.remove(file);
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      // While it is held: nobody else can have taken it for theirs.
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is empty, and no sign of anything where nobody holds it.
    }
    release();
  }
}
