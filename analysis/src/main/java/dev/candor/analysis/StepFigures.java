package dev.candor.analysis;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Scenario;
import java.net.URI;
import java.util.List;

/** The figures of a single phase, from its own attempts, while the run goes on. */
public final class StepFigures {
  private StepFigures() {}

  /**
   * The same figures that the run's analysis will have of the phase, but for what needs the rest of
   * the run: the client's health, the server's metrics.
   *
   * @param attempts of the phase
   */
  public static Summary.Phase of(
      PhaseRecord phase, List<AttemptRecord> attempts, Scenario scenario) {
    List<String> addresses = scenario.target().urls().stream().map(URI::toString).toList();
    PhaseFigures figures = new PhaseFigures(scenario.prices(), addresses);
    for (AttemptRecord attempt : attempts) {
      if (attempt.intended() >= phase.measuredFromNanos()) {
        figures.add(attempt, scenario.sloOf(attempt.requestClass()));
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
