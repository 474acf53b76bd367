package dev.candor.app.run;

import dev.candor.report.console.LiveSnapshot;

/** Hears how a run goes, about twice a second, on the run's own thread. */
public interface LiveListener {

  /** Hears of nothing. */
  LiveListener SILENT =
      new LiveListener() {
        @Override
        public void update(LiveSnapshot snapshot) {}

        @Override
        public void finished() {}
      };

  void update(LiveSnapshot snapshot);

  /** The load has ended. */
  void finished();
}
