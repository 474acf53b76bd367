package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import org.jspecify.annotations.Nullable;

/** How wide to draw. */
final class TerminalWidth {
  private static final int PLAIN = 80;
  private static final int LEAST = 60;
  private static final int MOST = 250;

  private TerminalWidth() {}

  /** {@code asked} for, else what the shell says in COLUMNS, else 80. */
  static int of(@Nullable Integer asked) {
    if (asked != null) {
      if (asked < LEAST || asked > MOST) {
        throw CandorException.user(
            "--width: found %d, must be from %d to %d".formatted(asked, LEAST, MOST));
      }
      return asked;
    }
    String columns = System.getenv("COLUMNS");
    if (columns == null || !columns.matches("\\d{1,4}")) {
      return PLAIN;
    }
    return Math.clamp(Integer.parseInt(columns), LEAST, MOST);
  }
}
