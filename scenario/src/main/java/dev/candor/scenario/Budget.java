package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What a run may spend; it is stopped before it has spent more, what is in flight counted in.
 *
 * @param cost in the currency of the prices; null: no limit
 * @param tokens input and output together; null: no limit
 */
public record Budget(@Nullable Double cost, @Nullable Long tokens) {
  /** A run that may spend what it takes. */
  public static final Budget NONE = new Budget(null, null);
}
