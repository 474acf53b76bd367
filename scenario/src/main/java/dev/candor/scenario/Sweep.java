package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search for the largest load that a target takes well: coarse steps, a growing factor apart,
 * then halves of what lies between the last good and the first bad one.
 *
 * @param dimension what is raised
 * @param from the first level
 * @param to the highest that is tried
 * @param resolution how wide the bracket may be at last, as a share of its lower end; of users
 *     never below one
 * @param conditions what a level must meet to be good
 * @param marginal share of the first step's output TPS a user that one more must still bring, for
 *     the level to be good; 0: throughput does not matter
 * @param thinkNanos pause of a user between an answer and the next request
 * @param arrivals of a rate's
 * @param step how long a step is
 * @param repeats how often each end of the final bracket is measured in all
 * @param hold what follows the search, null: nothing
 */
public record Sweep(
    Dimension dimension,
    double from,
    double to,
    double resolution,
    List<Threshold> conditions,
    double marginal,
    Distribution thinkNanos,
    ArrivalProcess arrivals,
    Step step,
    int repeats,
    @Nullable Hold hold) {

  public Sweep {
    conditions = List.copyOf(conditions);
  }

  /**
   * Requests that a step must complete in steady state: for its figures, and for its conditions.
   */
  public int requestsNeeded() {
    return Math.max(
        step.requests(), conditions.stream().mapToInt(Threshold::samplesNeeded).max().orElse(0));
  }

  /** The longest load step at {@code level}. */
  public LoadStep stepAt(double level, String name) {
    return stepAt(level, name, step.atMostNanos());
  }

  /** A load step at {@code level}. */
  public LoadStep stepAt(double level, String name, long durationNanos) {
    return switch (dimension) {
      case USERS -> {
        int users = (int) Math.round(level);
        yield new LoadStep.Closed(name, durationNanos, false, users, users, thinkNanos);
      }
      case RATE -> new LoadStep.Open(name, durationNanos, false, level, level, arrivals, null);
    };
  }

  /** The way up to {@code level}, kept out of the figures. */
  public LoadStep rampTo(double level, String name) {
    return switch (dimension) {
      case USERS ->
          new LoadStep.Closed(name, step.rampNanos(), true, 0, (int) Math.round(level), thinkNanos);
      case RATE -> new LoadStep.Open(name, step.rampNanos(), true, 0, level, arrivals, null);
    };
  }

  /** What a sweep raises. */
  public enum Dimension {
    /** Users at a time, whole numbers (closed loop). */
    USERS("users"),
    /** Requests a second (open loop). */
    RATE("rate");

    private final String key;

    Dimension(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /**
   * The length of a step: until its figures are there.
   *
   * @param rampNanos ahead of it, in which its load comes up evenly: users who all begin at once
   *     ask in step for a while
   * @param requests completed at least, in steady state
   * @param atLeastNanos however many they are
   * @param atMostNanos however few they are
   * @param pauseNanos without load, once the attempts of a step have ended
   * @param drainNanos how long those of a good step may go on
   */
  public record Step(
      long rampNanos,
      int requests,
      long atLeastNanos,
      long atMostNanos,
      long pauseNanos,
      long drainNanos) {}

  /**
   * The operating point, verified.
   *
   * @param share of the knee, 0 to 1
   */
  public record Hold(double share, long durationNanos) {}
}
