package dev.candor.workload.arrival;

import java.util.random.RandomGenerator;

/**
 * Arrivals with a mean rate of one, in the time in which that is so: an {@link Intensity} maps them
 * to a step's. <b>For one thread.</b>
 */
interface UnitProcess {

  /** The next arrival; never less than the one before. */
  double next();

  /** As {@link FireTimes#user}. */
  default long user() {
    return -1;
  }

  /** 0, 1, 2, …: counted, so that no error adds up. */
  final class Even implements UnitProcess {
    private long index;

    @Override
    public double next() {
      return index++;
    }
  }

  /** A Poisson process. */
  final class Exponential implements UnitProcess {
    private final RandomGenerator random;
    private double at;

    Exponential(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public double next() {
      at += -StrictMath.log1p(-random.nextDouble());
      return at;
    }
  }

  /** Independent gaps, as if it had gone on for ever before the step. */
  final class Renewal implements UnitProcess {
    private final GammaGaps gaps;
    private final RandomGenerator random;
    private double at = -1;

    Renewal(GammaGaps gaps, RandomGenerator random) {
      this.gaps = gaps;
      this.random = random;
    }

    @Override
    public double next() {
      at = at < 0 ? gaps.first(random) : at + gaps.next(random);
      return at;
    }
  }
}
