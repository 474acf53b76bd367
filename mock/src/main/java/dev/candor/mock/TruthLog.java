package dev.candor.mock;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last requests' truth, and writes all of it to a file on a thread of its own. A file
 * that can no longer be written, or not as fast as requests end, is given up with one line in the
 * log; the keeping goes on. Thread-safe.
 */
final class TruthLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TruthLog.class);
  private static final int KEPT = 100_000;

  /** Of the kept records, and again of those that wait to be written: 20 bytes each. */
  private static final long MOST_EVENTS = 5_000_000;

  private static final int MOST_WAITING = 100_000;
  private static final String END = "";

  private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final ArrayDeque<TruthRecord> kept = new ArrayDeque<>();
  private long keptEvents;
  private final AtomicLong waitingEvents = new AtomicLong();
  private final @Nullable Writer file;
  private final String name;
  private final @Nullable Thread thread;
  private volatile @Nullable String failure;

  /**
   * @param file takes the lines and is closed with the log; null: no file
   * @param name of the file
   */
  TruthLog(@Nullable Writer file, String name) {
    this.file = file;
    this.name = name;
    this.thread =
        file == null
            ? null
            : Thread.ofPlatform().daemon().name("candor-mock-truth").start(() -> write(file));
  }

  /**
   * @throws CandorException where the file cannot be created
   */
  static TruthLog open(@Nullable Path path) {
    if (path == null) {
      return new TruthLog(null, "");
    }
    try {
      return new TruthLog(Files.newBufferedWriter(path, StandardCharsets.UTF_8), path.toString());
    } catch (IOException e) {
      throw CandorException.user("--truth: cannot write to %s: %s".formatted(path, e.getMessage()));
    }
  }

  void add(TruthRecord truth) {
    synchronized (kept) {
      kept.add(truth);
      keptEvents += truth.events().count();
      while (kept.size() > KEPT || keptEvents > MOST_EVENTS) {
        keptEvents -= kept.remove().events().count();
      }
    }
    if (file != null && failure == null && !enqueue(truth)) {
      fail("requests end faster than the file takes them");
    }
  }

  private boolean enqueue(TruthRecord truth) {
    return waitingEvents.addAndGet(truth.events().count()) <= MOST_EVENTS && queue.offer(truth);
  }

  private void write(Writer lines) {
    try {
      for (Object next = queue.take(); !END.equals(next); next = queue.take()) {
        if (failure == null) {
          append(lines, next instanceof TruthRecord truth ? TruthJson.line(truth) : (String) next);
        }
        if (next instanceof TruthRecord truth) {
          waitingEvents.addAndGet(-truth.events().count());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      lines.close();
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void append(Writer lines, String line) {
    try {
      lines.write(line);
      lines.write('\n');
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void fail(String cause) {
    if (failure == null) {
      failure = "--truth: %s is incomplete: %s".formatted(name, cause);
      LOG.error("{}", failure);
    }
  }

  /** Keeps nothing of what was; the file stays as it is. */
  void forget() {
    synchronized (kept) {
      kept.clear();
      keptEvents = 0;
    }
  }

  List<TruthRecord> kept() {
    synchronized (kept) {
      return new ArrayList<>(kept);
    }
  }

  /** The last {@code count} of the kept, or as many as there are. */
  List<TruthRecord> last(int count) {
    List<TruthRecord> all = kept();
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /** Why the file is incomplete, or null; final once closed. */
  @Nullable String failure() {
    return failure;
  }

  /** A last line for the file. */
  void note(String json) {
    if (thread != null && !queue.offer(json)) {
      fail("requests end faster than the file takes them");
    }
  }

  /** Waits until all is written. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    try {
      queue.put(END);
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
