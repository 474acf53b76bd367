package dev.candor.analysis.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs held against others.
 *
 * @param base directories of the runs that the others are held against
 * @param warnings why the comparison may mean little, a sentence each
 * @param betweenRuns whether it is known how much runs of the same differ
 * @param tests figures judged together
 */
public record RunComparison(
    List<String> base,
    CompareOptions options,
    List<String> warnings,
    boolean betweenRuns,
    int tests,
    List<Side> sides) {

  /**
   * What is held against the base.
   *
   * @param runs directories, of runs of the same
   * @param differences of what was run, first those of scenarios
   * @param onlyBase phases that it lacks; {@code onlySide} that the base lacks
   */
  public record Side(
      List<String> runs,
      List<Difference> differences,
      List<String> onlyBase,
      List<String> onlySide,
      List<PhaseChanges> phases) {

    /** How it is called. */
    public String name() {
      return String.join(", ", runs);
    }
  }

  /**
   * @param key of the scenario, or a fact of the run
   * @param base null where it has no such key
   */
  public record Difference(String key, @Nullable String base, @Nullable String side) {}

  /**
   * What changed in a phase of both.
   *
   * @param sharedSchedule whether both were asked the same at the same instants
   */
  public record PhaseChanges(String name, boolean sharedSchedule, List<Change> changes) {}

  /**
   * A figure of both.
   *
   * @param base milliseconds, a second, money, or a share from 0 to 1; null where unknown
   * @param change relative to the base; of shares the difference
   * @param low lower end of its interval; all intervals together hold with 1 − level
   * @param p of a change as large by chance anywhere in the comparison
   * @param needed to decide, where it is undecided
   */
  public record Change(
      ComparedMetric metric,
      long baseSamples,
      long sideSamples,
      @Nullable Double base,
      @Nullable Double side,
      @Nullable Double change,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double p,
      Verdict verdict,
      @Nullable Needed needed) {}

  /**
   * @param times as many as there are
   * @param samples of a side, where more of them help
   * @param runs of a side, where what runs differ by counts more than what is in them
   */
  public record Needed(double times, @Nullable Long samples, @Nullable Long runs) {}

  /** What is said of a change. */
  public enum Verdict {
    BETTER,
    /** The interval lies within the least effect. */
    SAME,
    WORSE,
    /** Neither is sure. */
    UNDECIDED,
    /** One side lacks the figure, or has too few samples for it. */
    UNKNOWN;

    /** The word in reports. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RunComparison {
    base = List.copyOf(base);
    warnings = List.copyOf(warnings);
    sides = List.copyOf(sides);
  }

  /** All changes of all sides and phases. */
  public Stream<Change> changes() {
    return sides.stream()
        .flatMap(side -> side.phases().stream())
        .flatMap(phase -> phase.changes().stream());
  }

  /** How many have {@code verdict}. */
  public long count(Verdict verdict) {
    return changes().filter(change -> change.verdict() == verdict).count();
  }
}
