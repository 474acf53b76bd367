package dev.candor.analysis;

import dev.candor.analysis.detail.Detail;
import dev.candor.analysis.detail.DetailFigures;
import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.DriftWindows;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.analysis.warning.WarningFigures;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.ServerSample;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Threshold;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up a run from its attempts, in the order of intent: from its records, or, where it is
 * simulated, while it goes on. For one thread.
 */
public final class RunFigures {
  private final Scenario scenario;
  private final List<PhaseRecord> measured;
  private final List<PhaseRecord> together;
  private final Map<Integer, PhaseFigures> phases = new TreeMap<>();
  private final PhaseFigures overall;

  /** Of single classes, where thresholds ask for them. */
  private final Map<Threshold.Scope, PhaseFigures> ofClasses = new LinkedHashMap<>();

  private final DetailFigures detail;
  private final WindowFigures seconds;
  private final DriftWindows steady;
  private final WarningFigures warning;

  /**
   * @param all phases of the run
   */
  public RunFigures(List<PhaseRecord> all, Scenario scenario) {
    this.scenario = scenario;
    measured = RunAnalysis.measured(all);
    together = RunAnalysis.together(measured);
    List<String> addresses = scenario.target().urls().stream().map(URI::toString).toList();
    measured.forEach(
        phase -> phases.put(phase.index(), new PhaseFigures(scenario.prices(), addresses)));
    // A single phase is the run: nothing is added up twice.
    PhaseFigures only = measured.size() == 1 ? phases.get(measured.getFirst().index()) : null;
    overall = only == null ? new PhaseFigures(scenario.prices(), addresses) : only;
    for (Threshold threshold : scenario.thresholds()) {
      if (threshold.scope().requestClass() != null) {
        ofClasses.computeIfAbsent(
            threshold.scope(), _ -> new PhaseFigures(scenario.prices(), addresses));
      }
    }
    detail = new DetailFigures(all, scenario);
    seconds = new WindowFigures(detail::addSecond);
    steady = new DriftWindows(measured);
    warning = new WarningFigures(all, scenario);
  }

  /** Adds an attempt; those before it were intended before it or with it. */
  public void add(AttemptRecord attempt) {
    Slo slo = scenario.sloOf(attempt.requestClass());
    detail.add(attempt);
    seconds.add(attempt, slo);
    steady.add(attempt, slo);
    warning.add(attempt, slo);
    for (PhaseRecord phase : measured) {
      PhaseFigures each = of(phase);
      boolean own = StepFigures.counts(phase, attempt, slo);
      add(each, attempt, slo, phase, own);
      if (overall != each && together.contains(phase)) {
        add(overall, attempt, slo, phase, own);
      }
      if (!ofClasses.isEmpty()) {
        addToClasses(attempt, slo, phase, own);
      }
    }
  }

  private void addToClasses(AttemptRecord attempt, Slo slo, PhaseRecord phase, boolean own) {
    ofClasses.forEach(
        (scope, figures) -> {
          if (attempt.requestClass().equals(scope.requestClass())
              && phasesOf(scope).contains(phase)) {
            add(figures, attempt, slo, phase, own);
          }
        });
  }

  private List<PhaseRecord> phasesOf(Threshold.Scope scope) {
    return scope.phase() == null
        ? together
        : measured.stream().filter(phase -> phase.name().equals(scope.phase())).toList();
  }

  private static void add(
      PhaseFigures figures, AttemptRecord attempt, Slo slo, PhaseRecord phase, boolean own) {
    figures.addWindow(attempt, phase.measuredFromNanos(), phase.endNanos());
    if (own) {
      figures.add(attempt, slo);
    }
  }

  /**
   * Whether they are of the phases that {@code carriedOut} is judged by: a run that was stopped on
   * its way up is judged by that way, as there is nothing else.
   */
  public boolean cover(List<PhaseRecord> carriedOut) {
    return RunAnalysis.measured(carriedOut).stream()
        .allMatch(phase -> phases.containsKey(phase.index()));
  }

  void add(ServerSample sample) {
    steady.add(sample);
  }

  PhaseFigures of(PhaseRecord phase) {
    PhaseFigures figures = phases.get(phase.index());
    if (figures == null) {
      throw new IllegalArgumentException("phase " + phase.name() + " was not planned");
    }
    return figures;
  }

  /** What thresholds ask of single classes, by the part of the run. */
  Map<Threshold.Scope, PhaseFigures> ofClasses() {
    return ofClasses;
  }

  PhaseFigures overall() {
    return overall;
  }

  List<Analysis.Window> windows(RunInfo info, List<HealthWindow> health, ClientHealth judge) {
    return seconds.windows(info, health, judge);
  }

  Detail detail() {
    seconds.close();
    return detail.detail();
  }

  @Nullable Drift drift(List<RunInfo.Gap> gaps, List<HealthWindow> health) {
    return steady.drift(gaps, health);
  }

  @Nullable EarlyWarning earlyWarning(List<Analysis.Window> windows, List<ServerSample> samples) {
    return warning.result(windows, samples);
  }
}
