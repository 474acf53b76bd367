package dev.candor.analysis.plan;

/** What may be lost at the peak while the rest still holds the target. */
public sealed interface Spare {

  /** Fewest replicas of which {@code base} are left after the loss. */
  int fleet(int base);

  /** Replicas of {@code fleet} that are lost. */
  int lost(int fleet);

  /** Such as {@code N+1}. */
  String text();

  /** Nothing. */
  record None() implements Spare {
    @Override
    public int fleet(int base) {
      return base;
    }

    @Override
    public int lost(int fleet) {
      return 0;
    }

    @Override
    public String text() {
      return "none";
    }
  }

  /** Some replicas, whichever they are. */
  record Replicas(int count) implements Spare {
    @Override
    public int fleet(int base) {
      return base + count;
    }

    @Override
    public int lost(int fleet) {
      return count;
    }

    @Override
    public String text() {
      return "N+" + count;
    }
  }

  /**
   * All of one zone, between which replicas are spread as evenly as they can be.
   *
   * @param zones at least 2
   */
  record Zone(int zones) implements Spare {
    @Override
    public int fleet(int base) {
      int fleet = Math.ceilDiv(base * zones, zones - 1);
      while (fleet - lost(fleet) < base) {
        fleet++;
      }
      return fleet;
    }

    @Override
    public int lost(int fleet) {
      return Math.ceilDiv(fleet, zones);
    }

    @Override
    public String text() {
      return "one of %d zones".formatted(zones);
    }
  }
}
