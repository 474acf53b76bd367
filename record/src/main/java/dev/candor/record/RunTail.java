package dev.candor.record;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Reads what a run records while another process carries it out. Never waits for that, and never
 * holds it up. <b>For one thread.</b>
 */
public final class RunTail implements AutoCloseable {
  private static final long SECOND = 1_000_000_000;

  private final RunDirectory directory;
  private final JsonTail<HealthWindow> client;
  private final AttemptTail attempts;
  private int lastSecond = -1;

  private RunTail(RunDirectory directory, JsonTail<HealthWindow> client, AttemptTail attempts) {
    this.directory = directory;
    this.client = client;
    this.attempts = attempts;
  }

  /**
   * Opens the logs of a run that is under way.
   *
   * @throws dev.candor.base.error.CandorException where {@code directory} has none
   */
  public static RunTail open(RunDirectory directory) {
    // Says what is wrong with a directory that is none of a run.
    var _ = LeftRun.readCheckpoint(directory);
    try {
      return new RunTail(
          directory,
          new JsonTail<>(directory.clientLog(), HealthWindow.class),
          new AttemptTail(directory.attemptLog()));
    } catch (IOException e) {
      throw LeftRun.unreadable(directory, e);
    }
  }

  /** Hands over what was recorded since the last call; each second once, as it was told first. */
  public void read(Consumer<HealthWindow> seconds, Consumer<AttemptRecord> ended) {
    try {
      client.read(
          window -> {
            if (window.second() > lastSecond) {
              lastSecond = window.second();
              seconds.accept(window);
            }
          });
      attempts.read(ended::accept);
    } catch (IOException e) {
      throw LeftRun.unreadable(directory, e);
    }
  }

  /** The end of the last second that was handed over, in nanoseconds since the run's start. */
  public long lastNanos() {
    return (lastSecond + 1) * SECOND;
  }

  @Override
  public void close() {
    try {
      attempts.close();
      client.close();
    } catch (IOException e) {
      throw LeftRun.unreadable(directory, e);
    }
  }
}
