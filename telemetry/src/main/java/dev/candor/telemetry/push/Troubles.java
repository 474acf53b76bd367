package dev.candor.telemetry.push;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with one receiver: told of once while the run lasts, and in its notes. Safe for
 * use by any thread.
 */
public final class Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

  private final String name;
  private long sent;
  private long failed;
  private @Nullable String last;

  /**
   * @param name of the receiver, for messages
   */
  public Troubles(String name) {
    this.name = name;
  }

  /** Something arrived. */
  public synchronized void sent() {
    sent++;
  }

  /** Something did not. */
  public synchronized void failed(@Nullable Throwable cause) {
    String why = text(cause);
    if (failed++ == 0) {
      LOG.warn("publish: {}: {}; the run goes on, and this is said once", name, why);
    }
    last = why;
  }

  /** What a reader of the run must know of it, null where all went well. */
  public synchronized @Nullable String note() {
    return failed == 0
        ? null
        : String.format(
            Locale.ROOT,
            "publish: %s: %,d of %,d times it did not take the figures (%s)",
            name,
            failed,
            sent + failed,
            last);
  }

  /** What went wrong, in few words; null: nobody knows. */
  public static String text(@Nullable Throwable cause) {
    if (cause == null) {
      return "no answer";
    }
    String message = cause.getMessage();
    // The client of HTTP tells of a refused connection by its class alone.
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
