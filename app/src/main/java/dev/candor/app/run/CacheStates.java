package dev.candor.app.run;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.Output;
import dev.candor.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The same scenario on a cold cache, a warm one and a mixed one, one run after another. */
public final class CacheStates {
  private final Scenario scenario;
  private final LiveListener live;
  private final List<String> foreseen;

  /**
   * @param live hears of each run twice a second
   * @param foreseen what was said of the runs before them, for their notes
   */
  public CacheStates(Scenario scenario, LiveListener live, List<String> foreseen) {
    this.scenario = scenario;
    this.live = live;
    this.foreseen = List.copyOf(foreseen);
  }

  /** One of the runs. */
  public record Run(CachePlan plan, Path directory, Summary summary) {}

  /**
   * Runs them all.
   *
   * @param out holds a directory for each, named for its state; null: the scenario's own, else
   *     where runs are kept
   * @param before told of each state ahead of its run, {@code after} of what came of it
   */
  public void run(
      List<CachePlan> plans, @Nullable Path out, Consumer<CachePlan> before, Consumer<Run> after)
      throws InterruptedException {
    Path asked = out != null ? out : scenario.output().directory();
    for (CachePlan plan : plans) {
      before.accept(plan);
      try (ScenarioRun run = new ScenarioRun(inState(plan, asked), live, foreseen)) {
        Analysis analysis = run.execute();
        after.accept(new Run(plan, run.directory(), analysis.summary()));
        if (analysis.run().interrupted()) {
          break;
        }
      }
    }
  }

  private Scenario inState(CachePlan plan, @Nullable Path out) {
    String key = plan.state().key();
    return scenario.with(
        draft -> {
          draft.name = scenario.name() + "-" + key;
          draft.workload = scenario.workload().withCache(plan);
          draft.output = new Output(out == null ? null : out.resolve(key));
        });
  }
}
