package dev.candor.report.console;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Shows a run while it lasts: in place on a terminal, as plain lines elsewhere. <b>For one
 * thread.</b>
 */
public final class LiveView {
  /*
   * A terminal that is made narrower would break its long lines, and the cursor would not find back
   * to the first: lines are cut at the margin while they are shown (DECAWM, ECMA-48 and VT100).
   */
  private static final String CUT_AT_MARGIN = "\u001b[?7l";
  private static final String BREAK_AT_MARGIN = "\u001b[?7h";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String FAINT = "\u001b[2m";
  private static final String YELLOW = "\u001b[33m";
  private static final String AS_EVER = "\u001b[0m";

  private final PrintStream out;
  private final LiveStyle style;
  private final IntSupplier width;
  private final LivePanel panel;
  private final LiveLog log;
  private int linesShown;

  /**
   * @param width columns, asked for with each view
   */
  public LiveView(PrintStream out, LiveStyle style, IntSupplier width) {
    this.out = out;
    this.style = style;
    this.width = width;
    this.panel = new LivePanel(style.blocks());
    this.log = new LiveLog(out);
  }

  public void update(LiveSnapshot snapshot) {
    if (!style.inPlace()) {
      log.update(snapshot);
      return;
    }
    panel.add(snapshot.seconds());
    show(panel.lines(snapshot, Math.max(20, width.getAsInt())));
  }

  /** The run is over: clears what was shown in place. */
  public void finish() {
    if (linesShown > 0) {
      out.print(back());
      linesShown = 0;
    }
    out.flush();
  }

  /** In one piece, so that no half of it is ever seen. */
  private void show(List<LivePanel.Line> lines) {
    StringBuilder text = new StringBuilder(back()).append(CUT_AT_MARGIN);
    for (LivePanel.Line line : lines) {
      text.append(coloured(line)).append(System.lineSeparator());
    }
    out.print(text.append(BREAK_AT_MARGIN));
    out.flush();
    linesShown = lines.size();
  }

  private String back() {
    return linesShown == 0 ? "" : "\u001b[" + linesShown + "A" + CLEAR_BELOW;
  }

  private String coloured(LivePanel.Line line) {
    if (!style.colour()) {
      return line.text();
    }
    return switch (line.tone()) {
      case PLAIN -> line.text();
      case FAINT -> FAINT + line.text() + AS_EVER;
      case WARNING -> YELLOW + line.text() + AS_EVER;
    };
  }
}
