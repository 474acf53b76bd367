package dev.candor.app.run;

import dev.candor.analysis.saturation.SweepSearch;
import dev.candor.record.RunInfo;
import org.jspecify.annotations.Nullable;

/**
 * Tells an outage of the target from overload, where a step of a sweep has failed in a way that
 * load need not explain. For one thread at a time.
 */
final class Outages {
  /*
   * A step that fails is measured again after a while. If it fails again, the last good level is:
   * where that fails too, the target is out of order, and gets time to recover; where it is well,
   * the failing level is tried once more, and is bad if it fails for the third time.
   */
  private static final long FIRST_PATIENCE_NANOS = 10_000_000_000L;
  private static final int TRIES = 4;

  private final SweepSearch words;
  private int tries;
  private boolean checking;
  private boolean lessIsWell;
  private double suspect;

  /**
   * @param words for levels
   */
  Outages(SweepSearch words) {
    this.words = words;
  }

  /** What to do. */
  sealed interface Verdict {
    /** Measure {@code level}, once so much time has passed. */
    record Again(double level, long waitNanos) implements Verdict {}

    /** The level is too much. */
    record Bad(String why) implements Verdict {}

    /** The sweep ends. */
    record Stop(String why) implements Verdict {}
  }

  /**
   * A step has failed.
   *
   * @param good the last good level, 0 where there is none
   * @param ofClient whether the client, not the target, was the bottleneck
   */
  Verdict failed(double level, String why, double good, boolean ofClient) {
    tries++;
    if (lessIsWell && !checking) {
      reset();
      return ofClient
          ? new Verdict.Stop(
              "%s at %s (%s)".formatted(RunInfo.CLIENT_LIMITED, words.text(level), why))
          : new Verdict.Bad(why + ", as before; less load is answered");
    }
    if (tries == TRIES) {
      return new Verdict.Stop(
          ofClient
              ? "%s at %s (%s)".formatted(RunInfo.CLIENT_LIMITED, words.text(level), why)
              : "the target did not recover: %s at %s, %d times%s"
                  .formatted(
                      why,
                      words.text(level),
                      tries,
                      good == 0 ? "; if that is more than it takes, begin lower" : ""));
    }
    long wait = FIRST_PATIENCE_NANOS << (tries - 1);
    boolean alone = good == 0 || good >= level;
    if (!checking && !alone && tries == 2) {
      checking = true;
      suspect = level;
      tries = 1;
      return new Verdict.Again(good, wait);
    }
    return new Verdict.Again(level, wait);
  }

  /** A step was measured as it should be; null: the search goes on. */
  @Nullable Verdict measured(double level, boolean good) {
    if (!checking) {
      reset();
      return null;
    }
    checking = false;
    tries = 0;
    if (good) {
      lessIsWell = true;
      return new Verdict.Again(suspect, 0);
    }
    return new Verdict.Stop(
        "the target changed: %s was good and is not any more, after %s had failed"
            .formatted(words.text(level), words.text(suspect)));
  }

  private void reset() {
    tries = 0;
    checking = false;
    lessIsWell = false;
  }
}
