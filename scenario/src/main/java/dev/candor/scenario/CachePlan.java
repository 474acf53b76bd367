package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * The state of the server's prefix cache that a run wants.
 *
 * @param tolerance by how much the hit rate reached may differ from the one asked for, as a share
 *     of the prompt tokens; 1 and more: by anything
 * @param resetPath posted to every address ahead of the run, to empty its cache; null: nothing is
 */
public record CachePlan(State state, double tolerance, @Nullable String resetPath) {
  /** A warm cache has made published results look almost twice as good; five points are enough. */
  public static final double TOLERANCE = 0.05;

  /** What the cache is to hold. */
  public sealed interface State {

    /** Names it in scenarios and figures. */
    String key();
  }

  /**
   * Nothing that helps.
   *
   * @param withinSessions whether the turns of a session may still find what the ones before left
   */
  public record Cold(boolean withinSessions) implements State {
    @Override
    public String key() {
      return "cold";
    }
  }

  /** Every prefix that prompts share: each is sent ahead of the run. */
  public record Warm() implements State {
    @Override
    public String key() {
      return "warm";
    }
  }

  /**
   * A part of every prompt.
   *
   * @param hitRate of the prompt tokens, from 0 to below 1
   * @param blockTokens of the server's cache: no part of a block is ever found
   */
  public record Mixed(double hitRate, int blockTokens) implements State {
    @Override
    public String key() {
      return "mixed";
    }
  }

  /** Which prompts may share a beginning, for that state. */
  public SaltScope salt() {
    if (state instanceof Cold(boolean withinSessions) && resetPath == null) {
      return withinSessions ? SaltScope.SESSION : SaltScope.REQUEST;
    }
    return SaltScope.RUN;
  }

  /** The hit rate that the state means by itself; null where it depends on the prompts. */
  public @Nullable Double asked() {
    return switch (state) {
      case Cold(boolean withinSessions) ->
          withinSessions || resetPath != null ? null : Double.valueOf(0);
      case Warm ignored -> null;
      case Mixed(double hitRate, int blockTokens) -> Double.valueOf(hitRate);
    };
  }
}
