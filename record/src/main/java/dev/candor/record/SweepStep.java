package dev.candor.record;

import java.util.Locale;

/**
 * What a sweep made of one of its steps.
 *
 * @param level users or requests a second
 * @param steadyNanos from which instant of the run on its figures count: before it the server was
 *     on its way to a steady state
 * @param settled whether a steady state was found; where it was not, the figures count from the
 *     step's middle
 * @param why the step ended, in a few words
 */
public record SweepStep(double level, long steadyNanos, boolean settled, Mark mark, String why) {

  /** What a step came to. */
  public enum Mark {
    /** It met the sweep's conditions. */
    GOOD,
    /** It did not. */
    BAD,
    /** The target failed in a way that more or less load does not explain, or not yet. */
    DISTURBED,
    /** The operating point, held. */
    HOLD,
    /** The run ended before it. */
    INTERRUPTED;

    /** The word in reports. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
