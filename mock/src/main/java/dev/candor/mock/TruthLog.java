package dev.candor.mock;

import dev.candor.base.error.CandorException;
import java.io.BufferedWriter;
import java.io.IOException;
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

/** Keeps the last requests' truth and writes all of it to a file, on a thread of its own. */
final class TruthLog implements AutoCloseable {
  private static final int KEPT = 100_000;
  private static final TruthRecord END =
      new TruthRecord(-1, 0, 0, 0, 0, 0, 0, new long[0], new long[0], new int[0], false);

  private final BlockingQueue<TruthRecord> queue = new LinkedBlockingQueue<>();
  private final ArrayDeque<TruthRecord> kept = new ArrayDeque<>();
  private final @Nullable BufferedWriter file;
  private final Thread thread;
  private @Nullable IOException failure;

  TruthLog(@Nullable Path path) {
    try {
      file = path == null ? null : Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CandorException.user("--truth: cannot write to %s: %s".formatted(path, e.getMessage()));
    }
    thread = Thread.ofPlatform().daemon().name("candor-mock-truth").start(this::write);
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
        if (file != null && failure == null) {
          file.write(json(next));
          file.newLine();
        }
      }
      if (file != null) {
        file.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failure = e;
    }
  }

  List<TruthRecord> kept() {
    synchronized (kept) {
      return new ArrayList<>(kept);
    }
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
