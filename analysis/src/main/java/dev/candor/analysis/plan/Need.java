package dev.candor.analysis.plan;

import java.util.List;

/**
 * Replicas that a demand needs at their operating points, before headroom.
 *
 * @param replicas fractions of them too
 * @param each by what it would take for each constraint alone
 * @param binding which of them decides, in words
 * @param how it was found
 */
public record Need(Estimate replicas, List<Part> each, String binding, String how) {
  public Need {
    each = List.copyOf(each);
  }

  /**
   * One constraint.
   *
   * @param wanted by the demand, in the constraint's unit
   * @param capacity of one replica at its operating point
   */
  public record Part(Constraint constraint, double wanted, Estimate capacity, double replicas) {}
}
