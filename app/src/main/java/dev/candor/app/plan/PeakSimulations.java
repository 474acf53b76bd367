package dev.candor.app.plan;

import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import dev.candor.analysis.plan.PlanCheck;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.SeedRuns;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.report.console.Figures;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulates a plan at its peak: with all its replicas, after a loss, and with ever fewer until the
 * target is missed. <b>For one thread.</b>
 */
final class PeakSimulations {
  private static final int MOST_TRIES = 24;

  private final PeakScenario peak;
  private final double target;
  private final Path place;
  private final Consumer<String> tells;
  private final NavigableMap<Integer, Summary.Phase> steady = new TreeMap<>();
  private int count;

  /**
   * @param target goodput
   * @param place a directory for the simulations' own
   * @param tells hears of each simulation before it begins
   */
  PeakSimulations(PeakScenario peak, double target, Path place, Consumer<String> tells) {
    this.peak = peak;
    this.target = target;
    this.place = place;
    this.tells = tells;
  }

  /**
   * Simulates.
   *
   * @param planned replicas of the plan
   * @param lost of them, which the plan is to outlive
   * @param formula the fewest by the formula, where the search begins
   * @param engine what is simulated, in words
   */
  PlanCheck check(int planned, int lost, int formula, String engine) throws InterruptedException {
    List<PlanCheck.Row> rows = new ArrayList<>();
    if (lost > 0 && lost < planned) {
      tells.accept("%d replicas at the peak, of which %d are lost".formatted(planned, lost));
      List<Summary.Phase> phases =
          run(peak.losing(planned, lost, place.resolve("losing"))).phases();
      rows.add(row("the plan", planned, phase(phases, PeakScenario.PEAK), Boolean.TRUE));
      rows.add(
          row(
              "… %d lost, around the loss".formatted(lost),
              planned,
              phase(phases, PeakScenario.LOSS),
              null));
      rows.add(
          row(
              "… %d lost, after it".formatted(lost),
              planned - lost,
              phase(phases, PeakScenario.AFTER),
              Boolean.TRUE));
    } else {
      rows.add(row("the plan", planned, steady(planned), Boolean.TRUE));
    }
    Integer minimum = minimum(Math.min(formula, ClusterPlan.MOST_REPLICAS), planned);
    if (minimum != null) {
      rows.add(row("the fewest that hold it", minimum, steady(minimum), Boolean.TRUE));
      if (minimum > 1) {
        rows.add(row("one fewer", minimum - 1, steady(minimum - 1), Boolean.FALSE));
      }
    }
    return new PlanCheck(
        engine,
        rows,
        target,
        minimum,
        formula,
        minimum == null ? null : Double.valueOf((double) formula / minimum - 1),
        minimum != null && rows.stream().allMatch(PlanCheck.Row::asExpected),
        List.of(
            String.format(
                Locale.ROOT,
                "Poisson arrivals of %s a second (%s requests), %.0f s of them after %.0f s of warm-up, seed %d; routing %s",
                Figures.number(peak.sessionsPerS()),
                Figures.number(peak.requestsPerS()),
                peak.peakSeconds(),
                peak.settleSeconds(),
                peak.base().seed(),
                peak.routing().name().toLowerCase(Locale.ROOT).replace('_', '-'))));
  }

  /** From the formula's up or down until one holds the target and one fewer does not. */
  private @Nullable Integer minimum(int start, int planned) throws InterruptedException {
    int good = -1;
    int bad = 0;
    int step = 1;
    int next = start;
    for (int i = 0; i < MOST_TRIES && (good < 0 || good - bad > 1); i++) {
      if (reaches(steady(next))) {
        good = next;
        step = bad == 0 ? step * 2 : step;
        next = bad == 0 ? Math.max(1, next - step / 2) : (good + bad) / 2;
      } else {
        bad = next;
        if (good < 0) {
          next += step;
          step *= 2;
          if (next > Math.min(ClusterPlan.MOST_REPLICAS, 4 * Math.max(start, planned))) {
            return null;
          }
        } else {
          next = (good + bad) / 2;
        }
      }
    }
    return good < 0 || good - bad > 1 ? null : Integer.valueOf(good);
  }

  private Summary.Phase steady(int replicas) throws InterruptedException {
    Summary.Phase known = steady.get(replicas);
    if (known == null) {
      tells.accept("%d replicas at the peak".formatted(replicas));
      known =
          phase(
              run(peak.steady(replicas, place.resolve("steady-" + replicas))).phases(),
              PeakScenario.PEAK);
      steady.put(replicas, known);
    }
    return known;
  }

  private Summary run(Scenario scenario) throws InterruptedException {
    count++;
    SeedRuns.Simulated done = SeedRuns.one(scenario, LiveListener.SILENT, List.of());
    Summary summary = done.analysis().summary();
    if (summary.verdict() == Verdict.INTERRUPTED || summary.verdict() == Verdict.ERROR) {
      throw new CandorException(
          ErrorCode.TARGET,
          "simulation %d of the plan ended early: %s".formatted(count, summary.verdictReason()),
          null);
    }
    return summary;
  }

  private static Summary.Phase phase(List<Summary.Phase> phases, String name) {
    return phases.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no phase " + name));
  }

  private boolean reaches(Summary.Phase phase) {
    Double goodput = phase.goodput().ratio();
    return goodput != null && goodput >= target;
  }

  private PlanCheck.Row row(
      String what, int replicas, Summary.Phase phase, @Nullable Boolean expected) {
    Summary.Latency ttft = phase.latency().get("ttft");
    return new PlanCheck.Row(
        what,
        replicas,
        phase.requests().intended(),
        phase.goodput().ratio(),
        ttft == null ? null : ttft.p99(),
        phase.rates().outputTps(),
        phase.cache().hitRate(),
        expected,
        reaches(phase));
  }
}
