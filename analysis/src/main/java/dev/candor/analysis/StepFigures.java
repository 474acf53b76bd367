package dev.candor.analysis;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import java.net.URI;
import java.util.List;

/** The figures of a single phase, from its own attempts, while the run goes on. */
public final class StepFigures {
  private StepFigures() {}

  /**
   * Whether an attempt of a sweep's step is in its figures: those from before the steady state are
   * not, nor those that the sweep itself cut off before they had missed anything.
   */
  static boolean counts(PhaseRecord phase, AttemptRecord attempt, Slo slo) {
    return attempt.phase() == phase.index()
        && attempt.requested() >= phase.measuredFromNanos()
        && !(phase.sweep() != null && AttemptFigures.cutBeforeItMissed(attempt, slo));
  }

  /**
   * The same figures that the run's analysis will have of the phase, but for what needs the rest of
   * the run: the client's health, the server's metrics.
   *
   * @param attempts of the phase, and those of the one before that reach into it
   */
  public static Summary.Phase of(
      PhaseRecord phase, List<AttemptRecord> attempts, Scenario scenario) {
    List<String> addresses = scenario.target().urls().stream().map(URI::toString).toList();
    PhaseFigures figures = new PhaseFigures(scenario.prices(), addresses);
    for (AttemptRecord attempt : attempts) {
      Slo slo = scenario.sloOf(attempt.requestClass());
      if (counts(phase, attempt, slo)) {
        figures.add(attempt, slo);
      }
      figures.addWindow(attempt, phase.measuredFromNanos(), phase.endNanos());
    }
    return figures.summarize(
        phase.name(),
        List.of(phase),
        (phase.endNanos() - phase.measuredFromNanos()) / 1e9,
        null,
        null,
        new ClientHealth(null).summarize(List.<HealthWindow>of()));
  }
}
