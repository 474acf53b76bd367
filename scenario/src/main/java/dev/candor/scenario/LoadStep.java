package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import org.jspecify.annotations.Nullable;

/** One stretch of load. Steps follow each other without a gap. */
public sealed interface LoadStep {

  /** Names the phase in every figure; unique in a scenario. */
  String name();

  /** How long requests are started, above 0. */
  long durationNanos();

  /** Whether its requests are kept out of the figures. */
  boolean warmup();

  /**
   * Users who each ask, wait for the answer, think, and ask again.
   *
   * @param fromUsers the level at the start; equal to {@code users}: no ramp
   * @param users the level at the end, reached linearly
   * @param thinkNanos pause between an answer and the next request
   */
  record Closed(
      String name,
      long durationNanos,
      boolean warmup,
      int fromUsers,
      int users,
      Distribution thinkNanos)
      implements LoadStep {}

  /**
   * Arrivals on an absolute schedule that no server slows down.
   *
   * @param fromRatePerSecond the rate at the start; equal to {@code ratePerSecond}: no ramp
   * @param maxInFlight starts beyond it are held back, in order, and counted; null: no cap
   */
  record Open(
      String name,
      long durationNanos,
      boolean warmup,
      double fromRatePerSecond,
      double ratePerSecond,
      Arrivals arrivals,
      @Nullable Integer maxInFlight)
      implements LoadStep {}

  /** The arrival process of an open step. */
  enum Arrivals {
    CONSTANT("constant"),
    POISSON("poisson");

    private final String key;

    Arrivals(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
