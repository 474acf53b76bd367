package dev.candor.mock;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last requests' truth and writes all of it to a file, on a thread of its own. A file
 * that can no longer be written is given up with one line in the log; the keeping goes on.
 * Thread-safe.
 */
final class TruthLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TruthLog.class);
  private static final int KEPT = 100_000;
  private static final TruthRecord END =
      new TruthRecord(-1, 0, 0, 0, 0, 0, 0, new long[0], new long[0], new int[0], false);

  private final BlockingQueue<TruthRecord> queue = new LinkedBlockingQueue<>();
  private final ArrayDeque<TruthRecord> kept = new ArrayDeque<>();
  private final @Nullable Writer file;
  private final String name;
  private final Thread thread;
  private volatile @Nullable String failure;

  /**
   * @param file takes the lines and is closed with the log; null: no file
   * @param name of the file
   */
  TruthLog(@Nullable Writer file, String name) {
    this.file = file;
    this.name = name;
    this.thread = Thread.ofPlatform().daemon().name("candor-mock-truth").start(this::write);
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
    queue.add(truth);
  }

  private void write() {
    try {
      for (TruthRecord next = queue.take();
          next.request() >= 0 || next.arrival() != 0;
          next = queue.take()) {
        synchronized (kept) {
          if (kept.size() == KEPT) {
            kept.poll();
          }
          kept.add(next);
        }
        append(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeFile();
  }

  private void append(TruthRecord truth) {
    if (file != null && failure == null) {
      try {
        file.write(json(truth));
        file.write('\n');
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void closeFile() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void fail(IOException cause) {
    if (failure == null) {
      failure = "--truth: %s is incomplete: %s".formatted(name, cause.getMessage());
      LOG.error("{}", failure);
    }
  }

  List<TruthRecord> kept() {
    synchronized (kept) {
      return new ArrayList<>(kept);
    }
  }

  /** Why the file is incomplete, or null; final once closed. */
  @Nullable String failure() {
    return failure;
  }

  static String json(TruthRecord t) {
    return """
        {"request":%d,"arrival_ns":%d,"start_ns":%d,"end_ns":%d,"prompt_tokens":%d,"output_tokens":%d,"reasoning_tokens":%d,"complete":%b,"intended_ns":%s,"emitted_ns":%s,"tokens":%s}"""
        .formatted(
            t.request(),
            t.arrival(),
            t.start(),
            t.end(),
            t.promptTokens(),
            t.outputTokens(),
            t.reasoningTokens(),
            t.complete(),
            Arrays.toString(t.intended()),
            Arrays.toString(t.emitted()),
            Arrays.toString(t.tokens()));
  }

  /** Waits until all is written. */
  @Override
  public void close() {
    queue.add(END);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
