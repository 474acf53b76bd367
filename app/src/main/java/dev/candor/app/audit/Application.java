package dev.candor.app.audit;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The user's application, in a process that ends with the audit. */
final class Application implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final Process process;
  private final Thread copying;
  private boolean ended;

  private Application(Process process, Thread copying) {
    this.process = process;
    this.copying = copying;
  }

  /**
   * Starts {@code command} with {@code environment} on top of this process's.
   *
   * @param output takes what it says on both of its streams
   * @throws CandorException where it cannot be started
   */
  static Application start(
      List<String> command, Map<String, String> environment, OutputStream output) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Application(
          process, Thread.ofVirtual().start(() -> copy(process.getInputStream(), output)));
    } catch (IOException e) {
      throw CandorException.user(
          "the application cannot be started: %s; name a program and its arguments behind --"
              .formatted(e.getMessage()));
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try (from) {
      from.transferTo(to);
      to.flush();
    } catch (IOException e) {
      // It has ended.
    } catch (UncheckedIOException e) {
      // Nobody listens any longer.
    }
  }

  /** Runs {@code then} when it has ended. */
  void onExit(Runnable then) {
    var _ = process.onExit().thenRun(then);
  }

  /** How it ended; where it has not, it was ended by the audit. */
  AuditResult.Ending ending() {
    return new AuditResult.Ending(ended || process.isAlive() ? null : process.exitValue());
  }

  /** Ends it and all that it has started, where they have not ended by themselves. */
  @Override
  public void close() {
    if (process.isAlive()) {
      ended = true;
    }
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroy);
    try {
      boolean gone = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
      if (gone) {
        copying.join(TimeUnit.SECONDS.toMillis(1));
      }
    } catch (InterruptedException e) {
      family.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
