package dev.candor.app.run;

import dev.candor.analysis.Analysis;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.time.Clock;
import dev.candor.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Simulations, one by itself or the same one with several seeds, side by side on all cores. */
public final class SeedRuns {
  private SeedRuns() {}

  /** What came of one. */
  public record Simulated(ScenarioRun run, Analysis analysis) {}

  /**
   * Simulates {@code scenario}.
   *
   * @param live hears of it twice a second
   */
  public static Simulated one(Scenario scenario, LiveListener live, List<String> notes)
      throws InterruptedException {
    try (Interrupts interrupts = Interrupts.listen(Clock.system(), () -> {})) {
      ScenarioRun run = ScenarioRun.simulated(scenario, live, notes, threads(), interrupts::fired);
      return new Simulated(run, run.execute());
    }
  }

  /**
   * Simulates all of {@code scenarios}, and tells of them in their order.
   *
   * @throws CandorException where one could not be carried out
   */
  public static List<Simulated> all(List<Scenario> scenarios) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(threads(), scenarios.size()),
            Thread.ofPlatform().daemon().name("candor-seed-", 0).factory());
    try (Interrupts interrupts = Interrupts.listen(Clock.system(), () -> {})) {
      List<Callable<Simulated>> tasks = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        tasks.add(
            () -> {
              ScenarioRun run =
                  ScenarioRun.simulated(
                      scenario, LiveListener.SILENT, List.of(), 1, interrupts::fired);
              return new Simulated(run, run.execute());
            });
      }
      List<Simulated> done = new ArrayList<>();
      for (Future<Simulated> each : threads.invokeAll(tasks)) {
        done.add(result(each));
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static Simulated result(Future<Simulated> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CandorException known) {
        throw known;
      }
      throw new CandorException(
          ErrorCode.INTERNAL, "a simulation failed: " + e.getCause(), e.getCause());
    }
  }
}
