package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.SummaryJson;
import dev.candor.app.run.LiveListener;
import dev.candor.report.console.FinalTable;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.report.console.LiveView;
import java.io.PrintStream;
import java.nio.file.Path;

/** What a run shows: everything, its verdict, or its summary for machines. */
enum Screen {
  FULL,
  QUIET,
  JSON;

  private static final int WIDTH = 80;

  // Error Prone knows Java 22's console; Java 25's is null again where nobody sits at it.
  @SuppressWarnings("SystemConsoleNull")
  LiveListener live(PrintStream out) {
    if (this != FULL) {
      return LiveListener.SILENT;
    }
    LiveView view =
        new LiveView(out, System.console() != null && System.console().isTerminal(), WIDTH);
    return new LiveListener() {
      @Override
      public void update(LiveSnapshot snapshot) {
        view.update(snapshot);
      }

      @Override
      public void finished() {
        view.finish();
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
    }
    out.flush();
  }
}
