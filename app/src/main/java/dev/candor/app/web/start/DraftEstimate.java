package dev.candor.app.web.start;

import dev.candor.app.doctor.Finding;
import dev.candor.app.doctor.Foresight;
import dev.candor.app.doctor.LimitFile;
import dev.candor.app.doctor.MachineFacts;
import dev.candor.app.estimate.Assumptions;
import dev.candor.app.estimate.Estimate;
import dev.candor.app.estimate.EstimateText;
import dev.candor.app.estimate.Estimator;
import dev.candor.app.estimate.ExpensiveRun;
import dev.candor.app.estimate.Range;
import dev.candor.app.estimate.SimulatedEstimate;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a draft will take, as {@code candor estimate} tells it. Safe for use by any thread; one is
 * made at a time, as a simulation takes a core and may take seconds.
 */
public final class DraftEstimate {
  private final Semaphore one = new Semaphore(1);
  private final Function<String, @Nullable String> environment;

  public DraftEstimate(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * Members of the answer.
   *
   * @throws CandorException where the scenario is wrong
   */
  public Map<String, @Nullable Object> of(Draft draft) throws InterruptedException {
    // Ahead of the wait: what is wrong is told at once.
    var _ = draft.read(environment);
    one.acquire();
    Path scratch = scratch();
    try {
      Scenario scenario = draft.readInto(scratch.resolve("simulated"), environment);
      Estimate rough = Estimator.of(scenario, Assumptions.of(scenario, Assumptions.NOTHING_KNOWN));
      Estimate simulated = SimulatedEstimate.of(scenario, rough);
      return members(scenario, simulated == null ? rough : simulated);
    } finally {
      delete(scratch);
      one.release();
    }
  }

  private Map<String, @Nullable Object> members(Scenario scenario, Estimate estimate) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("text", EstimateText.of(estimate));
    members.put("requests", range(estimate.requests()));
    members.put("tokens", range(estimate.tokens()));
    members.put("seconds", range(estimate.seconds()));
    Range cost = estimate.cost();
    members.put("cost", cost == null ? null : range(cost));
    members.put("currency", estimate.currency());
    members.put("budget", Draft.words(scenario));
    members.put("question", question(scenario, environment));
    MachineFacts facts = MachineFacts.here();
    members.put(
        "problems",
        Foresight.of(
                scenario, facts, LimitFile.of(environment).read(facts), ScenarioRun.loops(scenario))
            .stream()
            .map(Finding::text)
            .toList());
    return members;
  }

  /**
   * What {@code candor run} would ask before it starts this, null: nothing.
   *
   * @throws CandorException where CANDOR_ASK_ABOVE is no amount
   */
  static @Nullable String question(
      Scenario scenario, Function<String, @Nullable String> environment) {
    return ExpensiveRun.leavesTheMachine(scenario)
        ? ExpensiveRun.question(
            Estimator.of(scenario, Assumptions.NOTHING_KNOWN),
            ExpensiveRun.Limit.usual(environment))
        : null;
  }

  private static Map<String, Object> range(Range range) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("low", range.low());
    members.put("likely", range.likely());
    members.put("high", range.high());
    return members;
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("candor-estimate-");
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "no temporary directory can be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepest = files.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepest) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // The system clears it away in time.
    }
  }
}
