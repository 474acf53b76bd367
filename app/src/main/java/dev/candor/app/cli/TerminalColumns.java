package dev.candor.app.cli;

import java.io.IOException;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** How many columns a terminal has, as it is resized. <b>For one thread.</b> */
final class TerminalColumns implements IntSupplier, AutoCloseable {
  private final int otherwise;
  private final @Nullable Terminal terminal;

  private TerminalColumns(int otherwise, @Nullable Terminal terminal) {
    this.otherwise = otherwise;
    this.terminal = terminal;
  }

  /** Always the same. */
  static TerminalColumns of(int columns) {
    return new TerminalColumns(columns, null);
  }

  /**
   * The one that somebody sits at.
   *
   * @param otherwise where it does not tell
   */
  static TerminalColumns open(int otherwise) {
    try {
      // Signals are the run's own: Interrupts listens to them.
      return new TerminalColumns(
          otherwise,
          TerminalBuilder.builder().system(true).nativeSignals(false).dumb(true).build());
    } catch (IOException | IllegalStateException e) {
      return of(otherwise);
    }
  }

  @Override
  public int getAsInt() {
    int columns = terminal == null ? 0 : terminal.getSize().getColumns();
    return columns <= 0 ? otherwise : columns;
  }

  @Override
  public void close() {
    if (terminal == null) {
      return;
    }
    try {
      terminal.close();
    } catch (IOException e) {
      // Nothing was changed that would have to be set back.
    }
  }
}
