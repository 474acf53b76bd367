package dev.candor.analysis.plan;

import org.jspecify.annotations.Nullable;

/**
 * Money a month of 730 hours.
 *
 * @param fleet a static fleet of the lower headroom, {@code fleetHigh} of the higher
 * @param scaled one that follows the day, null where the day is not known
 * @param tokens what a provider would bill for the same traffic, null without prices
 */
public record MonthlyCost(
    String currency,
    @Nullable Estimate fleet,
    @Nullable Estimate fleetHigh,
    @Nullable Double scaled,
    @Nullable Double tokens,
    String basis) {
  static final double HOURS = 730;
}
