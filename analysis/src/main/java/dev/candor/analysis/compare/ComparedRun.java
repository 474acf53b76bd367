package dev.candor.analysis.compare;

import dev.candor.analysis.RunAnalysis;
import dev.candor.analysis.against.RunSide;
import dev.candor.base.error.CandorException;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.scenario.Scenario;
import java.util.List;

/**
 * A run as it is compared.
 *
 * @param verdict as in summary.json
 * @param phases those that were measured, in their order
 */
public record ComparedRun(
    String name, RunInfo info, Scenario scenario, String verdict, List<PhaseBlocks> phases) {

  /**
   * Reads the run in {@code directory}, in one pass over its attempts.
   *
   * @throws CandorException where it is none, is damaged, or has no instants of tokens
   */
  public static ComparedRun read(RunDirectory directory) {
    RunSide side = RunSide.read(directory);
    try (RunReader reader = RunReader.open(directory.path())) {
      reader.requireTokens();
      List<PhaseBlocks> phases =
          RunAnalysis.measured(reader.info().phases()).stream()
              .filter(phase -> phase.endNanos() > phase.measuredFromNanos())
              .map(phase -> new PhaseBlocks(phase, side.scenario()))
              .toList();
      if (phases.isEmpty()) {
        throw CandorException.user(
            "%s: no phase of it was measured; it ended before its warm-up did"
                .formatted(directory.path()));
      }
      reader.forEachAttempt(attempt -> phases.forEach(phase -> phase.add(attempt)));
      return new ComparedRun(
          side.name(),
          reader.info(),
          side.scenario(),
          side.summary().path("verdict").stringValue(""),
          phases);
    }
  }
}
