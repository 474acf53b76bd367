package dev.candor.app.run;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM end the load, not the program: what was measured is still reported. A second
 * signal ends the program at once.
 */
final class Interrupts implements AutoCloseable {
  private final AtomicBoolean fired = new AtomicBoolean();
  private final @Nullable Object formerInt;
  private final @Nullable Object formerTerm;

  private Interrupts(Runnable stop) {
    Runnable handler =
        () -> {
          if (fired.getAndSet(true)) {
            Runtime.getRuntime().halt(130);
          }
          stop.run();
        };
    formerInt = Signals.register("INT", handler);
    formerTerm = Signals.register("TERM", handler);
  }

  /** Calls {@code stop} on the first signal, on a thread of the JVM's. */
  static Interrupts listen(Runnable stop) {
    return new Interrupts(stop);
  }

  boolean fired() {
    return fired.get();
  }

  @Override
  public void close() {
    unregister("INT", formerInt);
    unregister("TERM", formerTerm);
  }

  private static void unregister(String signal, @Nullable Object former) {
    if (former != null) {
      Signals.unregister(signal, former);
    }
  }
}
