package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.fit.EngineFit;
import dev.candor.analysis.fit.FitOptions;
import dev.candor.analysis.fit.Fitted;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fit finds the coefficients of an engine that it was not told. */
final class FitRecoveryTest {
  private static final Distribution INPUT = new Distribution.LogNormal(500, 0.9);
  private static final Distribution OUTPUT = new Distribution.LogNormal(60, 0.6);

  @Test
  void explore() {
    for (long seed = 0; seed < 6; seed++) {
      EngineSettings hidden = FitSimulation.hidden(seed);
      double capacity = FitSimulation.capacity(hidden, 750, 72);
      long start = System.nanoTime();
      var recorded =
          FitSimulation.run(
                  hidden,
                  seed,
                  INPUT,
                  OUTPUT,
                  FitSimulation.fromIdleToOverload(hidden, capacity, 20 * FitSimulation.SECOND))
              .read(seed, 100_000, 0.0)
              .withoutMetrics();
      long simulated = System.nanoTime();
      Fitted fitted =
          EngineFit.of(List.of(recorded.measured()), new FitOptions("found", null, 1)).fit();
      System.out.printf(
          "seed %d capacity %.1f: %d attempts, simulated in %.2f s, fitted in %.2f s%n  hidden %s%n  found  %s%n",
          seed,
          capacity,
          recorded.attempts().size(),
          (simulated - start) / 1e9,
          (System.nanoTime() - simulated) / 1e9,
          hidden,
          fitted.profile().settings());
      fitted.coefficients().forEach(each -> System.out.println("    " + each));
      fitted.limits().forEach(each -> System.out.println("    " + each));
      System.out.println("    " + fitted.notes() + " steps " + fitted.steps() + " spread " + fitted.spread());
    }
    assertThat(INPUT).isNotEqualTo(OUTPUT);
  }
}
