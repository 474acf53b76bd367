package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.fit.EngineFit;
import dev.candor.analysis.fit.FitCheck;
import dev.candor.analysis.fit.FitOptions;
import dev.candor.analysis.fit.Fitted;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineSettings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fit finds the coefficients of an engine that it was not told. */
final class FitRecoveryTest {
  private static final Distribution INPUT =
      new Distribution.Percentiles(
          new double[] {0, 0.8, 0.81, 1}, new double[] {50, 600, 1800, 4500});
  private static final Distribution OUTPUT = new Distribution.LogNormal(80, 0.5);

  @Test
  void explore() {
    for (long seed = 0; seed < 8; seed++) {
      EngineSettings hidden = FitSimulation.hidden(seed);
      double capacity = FitSimulation.capacity(hidden, 900, 91);
      var recorded =
          FitSimulation.run(
                  hidden,
                  seed,
                  INPUT,
                  OUTPUT,
                  FitSimulation.fromIdleToOverload(hidden, capacity, 60 * FitSimulation.SECOND))
              .read(seed, 100_000, Double.parseDouble(System.getProperty("pause", "0")))
              .withoutMetrics();
      long simulated = System.nanoTime();
      FitOptions options = new FitOptions("found", null, 1);
      EngineFit fit = EngineFit.of(List.of(recorded.measured()), options);
      Fitted fitted = fit.fit();
      var time = hidden.stepTime();
      double[] truth = {
        time.floorNanos(),
        time.baseNanos(),
        time.perPrefillTokenNanos(),
        time.perContextTokenNanos(),
        time.perSequenceNanos(),
        time.perTokenPairNanos(),
        time.jitter(),
        time.requestOverheadNanos() + time.tokenOverheadNanos()
      };
      System.out.printf(
          "seed %d capacity %.1f: %d attempts, fitted in %.2f s, steps %d spread %.4f %s%n",
          seed,
          capacity,
          recorded.attempts().size(),
          (System.nanoTime() - simulated) / 1e9,
          fitted.steps(),
          fitted.spread(),
          fitted.notes());
      for (int i = 0; i < truth.length; i++) {
        var c = fitted.coefficients().get(i);
        System.out.printf(
            "   %-18s %12.5g found %12.5g (%+.1f %%) %12.5g .. %12.5g %s%n",
            c.coefficient().key(),
            truth[i],
            c.value(),
            100 * (c.value() / truth[i] - 1),
            c.low(),
            c.high(),
            c.status());
      }
      System.out.printf(
          "   seqs %s of %d, batched %s of %d%n",
          fitted.limit("max_num_seqs").value(),
          hidden.limits().maxNumSeqs(),
          fitted.limit("max_num_batched_tokens").value(),
          hidden.limits().maxNumBatchedTokens());
      long before = System.nanoTime();
      FitCheck check = FitCheck.leavingOut(fit, options);
      for (var step : check.steps()) {
        System.out.printf(
            "   %-8s %s %s %s%n",
            step.phase(),
            Arrays.toString(
                Arrays.stream(step.errors()).map(e -> Math.round(e * 1000) / 10.0).toArray()),
            step.measured(),
            step.notes());
      }
      System.out.printf(
          "   worst %.3f, check in %.1f s%n", check.worst(), (System.nanoTime() - before) / 1e9);
    }
    assertThat(INPUT).isNotEqualTo(OUTPUT);
  }
}
