package dev.candor.workload.arrival;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import java.util.random.RandomGenerator;

/** Bursts and pauses in turn, each with its level times the step's rate at that instant. */
final class BurstPieces implements RatePieces {
  private final LoadStep.Open step;
  private final ArrivalProcess.OnOff bursts;
  private final RandomGenerator random;
  private final double burstLevel;
  private final double pauseLevel;
  private double seconds;
  private boolean inBurst;

  BurstPieces(LoadStep.Open step, ArrivalProcess.OnOff bursts, Seed seed) {
    this.step = step;
    this.bursts = bursts;
    this.random = seed.stream();
    pauseLevel = bursts.idleRatePerSecond() / step.ratePerSecond();
    burstLevel = bursts.peakLevel(step.ratePerSecond());
  }

  @Override
  public Piece next() {
    inBurst = !inBurst;
    Distribution length = inBurst ? bursts.onNanos() : bursts.offNanos();
    double lasts = Math.max(1, length.sample(random)) / 1e9;
    double level = inBurst ? burstLevel : pauseLevel;
    Piece piece = new Piece(lasts, level * rateAt(seconds), level * rateAt(seconds + lasts));
    seconds += lasts;
    return piece;
  }

  private double rateAt(double at) {
    double share = Math.min(1, at / (step.durationNanos() / 1e9));
    return step.fromRatePerSecond() + share * (step.ratePerSecond() - step.fromRatePerSecond());
  }
}
