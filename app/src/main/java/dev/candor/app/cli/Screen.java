package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.SummaryJson;
import dev.candor.app.run.LiveListener;
import dev.candor.report.console.FinalTable;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.report.console.LiveStyle;
import dev.candor.report.console.LiveView;
import java.io.PrintStream;
import java.nio.file.Path;

/** What a run shows: everything, its verdict, or what machines read (docs/terminal.md). */
enum Screen {
  FULL,
  QUIET,
  JSON,
  JSON_LINES;

  private static final int WIDTH = 80;

  LiveListener live(PrintStream out) {
    return switch (this) {
      case FULL -> onTerminal(out);
      case JSON_LINES -> new JsonLines(out);
      case QUIET, JSON -> LiveListener.SILENT;
    };
  }

  // Error Prone knows Java 22's console; Java 25's is null again where nobody sits at it.
  @SuppressWarnings("SystemConsoleNull")
  private static LiveListener onTerminal(PrintStream out) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    LiveStyle style = LiveStyle.of(terminal, out.charset(), System::getenv);
    TerminalColumns width =
        style.inPlace() ? TerminalColumns.open(WIDTH) : TerminalColumns.of(WIDTH);
    LiveView view = new LiveView(out, style, width);
    return new LiveListener() {
      @Override
      public void update(LiveSnapshot snapshot) {
        view.update(snapshot);
      }

      @Override
      public void finished() {
        view.finish();
        width.close();
      }
    };
  }

  void show(Analysis analysis, Path directory, PrintStream out) {
    switch (this) {
      case FULL -> {
        out.println(FinalTable.render(analysis.summary(), WIDTH));
        out.println("report: " + directory.resolve("report.html"));
      }
      case QUIET -> out.println(analysis.summary().verdictReason());
      case JSON -> out.println(SummaryJson.text(analysis.summary()));
      case JSON_LINES -> new JsonLines(out).summary(analysis.summary(), directory);
    }
    out.flush();
  }
}
