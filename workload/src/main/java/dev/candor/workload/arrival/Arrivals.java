package dev.candor.workload.arrival;

import dev.candor.base.random.Seed;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;

/** The schedules of the steps that have one. */
public final class Arrivals {
  private Arrivals() {}

  /** The schedule of {@code step}; what is random in it is drawn from {@code seed}. */
  public static FireTimes of(LoadStep.Open step, Seed seed) {
    return new TimeChange(clock(step, seed), intensity(step, seed));
  }

  private static Intensity intensity(LoadStep.Open step, Seed seed) {
    double seconds = step.durationNanos() / 1e9;
    return new Intensity(
        seconds,
        switch (step.arrivals()) {
          case ArrivalProcess.Constant ignored -> ramp(step);
          case ArrivalProcess.Poisson ignored -> ramp(step);
          case ArrivalProcess.Gamma ignored -> ramp(step);
          case ArrivalProcess.PerUser ignored -> ramp(step);
          case ArrivalProcess.OnOff onOff -> new BurstPieces(step, onOff, seed.derive("bursts"));
          case ArrivalProcess.Diurnal diurnal ->
              new CurvePieces(CurvePieces.cosine(diurnal), step.ratePerSecond());
          case ArrivalProcess.Curve curve -> new CurvePieces(curve, step.ratePerSecond());
        });
  }

  private static RatePieces ramp(LoadStep.Open step) {
    RatePieces.Piece whole =
        new RatePieces.Piece(
            step.durationNanos() / 1e9, step.fromRatePerSecond(), step.ratePerSecond());
    return () -> whole;
  }

  private static UnitProcess clock(LoadStep.Open step, Seed seed) {
    return switch (step.arrivals()) {
      case ArrivalProcess.Constant ignored -> new UnitProcess.Even();
      case ArrivalProcess.Gamma gamma ->
          new UnitProcess.Renewal(new GammaGaps(gamma.coefficientOfVariation()), seed.stream());
      case ArrivalProcess.PerUser perUser -> new MergedUsers(perUser, seed);
      case ArrivalProcess.Poisson ignored -> new UnitProcess.Exponential(seed.stream());
      case ArrivalProcess.OnOff ignored -> new UnitProcess.Exponential(seed.stream());
      case ArrivalProcess.Diurnal ignored -> new UnitProcess.Exponential(seed.stream());
      case ArrivalProcess.Curve ignored -> new UnitProcess.Exponential(seed.stream());
    };
  }
}
