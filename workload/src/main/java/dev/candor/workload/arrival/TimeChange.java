package dev.candor.workload.arrival;

/**
 * A process of rate one mapped through Λ⁻¹ (Cinlar 1975, time change of a point process): rising
 * where the process is, Poisson where it is, and with the intensity's rate at every instant.
 */
final class TimeChange implements FireTimes {
  private final UnitProcess process;
  private final Intensity intensity;

  TimeChange(UnitProcess process, Intensity intensity) {
    this.process = process;
    this.intensity = intensity;
  }

  @Override
  public long next() {
    return intensity.instantOf(process.next());
  }

  @Override
  public long user() {
    return process.user();
  }
}
