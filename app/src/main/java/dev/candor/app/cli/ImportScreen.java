package dev.candor.app.cli;

import dev.candor.base.time.Clock;
import dev.candor.corpus.imports.ImportProgress.Step;
import java.io.PrintStream;
import java.util.Locale;

/** One line on a terminal that says how far an import is. For one thread. */
final class ImportScreen {
  private static final long EVERY_NANOS = 500_000_000L;

  private final PrintStream out;
  private final boolean shown;
  private final Clock clock;
  private final long startNanos;
  private long nextNanos;
  private boolean dirty;

  private ImportScreen(PrintStream out, boolean shown, Clock clock) {
    this.out = out;
    this.shown = shown;
    this.clock = clock;
    this.startNanos = clock.nanoTime();
    this.nextNanos = startNanos + EVERY_NANOS;
  }

  /** Shows something where it is {@code wanted} and somebody sits there. */
  // Error Prone knows Java 22's console; Java 25's is null again where nobody sits at it.
  @SuppressWarnings("SystemConsoleNull")
  static ImportScreen on(PrintStream out, boolean wanted) {
    boolean terminal = wanted && System.console() != null && System.console().isTerminal();
    return new ImportScreen(out, terminal, Clock.system());
  }

  void show(Step step, long records, long bytes, long totalBytes) {
    if (!shown) {
      return;
    }
    long now = clock.nanoTime();
    if (now < nextNanos) {
      return;
    }
    nextNanos = now + EVERY_NANOS;
    out.print("\r\u001b[K" + line(step, records, bytes, totalBytes, now - startNanos));
    out.flush();
    dirty = true;
  }

  /** What the line says. */
  static String line(Step step, long records, long bytes, long totalBytes, long elapsedNanos) {
    return switch (step) {
      case READING ->
          String.format(
              Locale.ROOT,
              "reading: %,d records, %,.0f MB, %.1f MB/s%s",
              records,
              bytes / 1e6,
              bytes / 1e6 / Math.max(1e-3, elapsedNanos / 1e9),
              totalBytes > 0
                  ? String.format(Locale.ROOT, ", %.0f %%", 100.0 * bytes / totalBytes)
                  : "");
      case ORDERING -> String.format(Locale.ROOT, "ordering %,d requests", records);
      case WRITING -> String.format(Locale.ROOT, "writing: %,d rows", records);
    };
  }

  /** Leaves the line empty. */
  void end() {
    if (dirty) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
