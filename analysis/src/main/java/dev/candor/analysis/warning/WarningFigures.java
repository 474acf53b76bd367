package dev.candor.analysis.warning;

import dev.candor.analysis.Analysis.Window;
import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.record.ServerSample;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a run's records to what told of trouble ahead of it. For one thread. */
public final class WarningFigures {
  /** Of a scenario that sets none: of twenty requests one may be late. */
  private static final double GOODPUT = 0.95;

  private final List<Stretch> stretches;
  private final Troubles troubles;

  /** Users are in flight, more of them as there are more: that is the load, and no effect of it. */
  private final boolean loadIsInFlight;

  public WarningFigures(List<PhaseRecord> phases, Scenario scenario) {
    stretches = Stretch.of(phases);
    loadIsInFlight =
        phases.stream()
            .anyMatch(phase -> !phase.warmup() && (phase.users() != null || phase.ramp()));
    troubles = new Troubles(stretches, goodput(scenario));
  }

  private static double goodput(Scenario scenario) {
    List<Threshold> all = new ArrayList<>(scenario.thresholds());
    if (scenario.sweep() != null) {
      all.addAll(scenario.sweep().conditions());
    }
    return all.stream()
        .filter(threshold -> threshold.metric().equals("goodput"))
        .mapToDouble(Threshold::bound)
        .filter(bound -> bound > 0 && bound <= 1)
        .max()
        .orElse(GOODPUT);
  }

  public void add(AttemptRecord attempt, Slo slo) {
    troubles.add(attempt, slo);
  }

  /** What they come to; null where the run had no trouble. */
  public @Nullable EarlyWarning result(List<Window> windows, List<ServerSample> samples) {
    Map<Stretch, EarlyWarning.Trouble> troubled = new LinkedHashMap<>();
    List<Stretch> good = new ArrayList<>();
    for (Stretch stretch : stretches) {
      Troubles.Times times = troubles.of(stretch);
      Double missed = times.missed();
      if (missed == null) {
        good.add(stretch);
      } else {
        troubled.put(
            stretch,
            new EarlyWarning.Trouble(
                stretch.name(),
                stretch.startNanos() / 1e9,
                times.firstMiss(),
                missed,
                times.firstError()));
      }
    }
    if (troubled.isEmpty()) {
      return null;
    }
    List<EarlyWarning.Row> rows =
        SignalSeries.of(windows, samples).values().stream()
            .filter(series -> series.signal() != Signal.IN_FLIGHT || !loadIsInFlight)
            .map(series -> new SignalFigures(series, good).row(troubled))
            .toList();
    return Advice.of(List.copyOf(troubled.values()), rows);
  }
}
