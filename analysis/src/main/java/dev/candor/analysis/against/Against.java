package dev.candor.analysis.against;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Predicted beside measured.
 *
 * @param warnings why the comparison may mean little, a sentence each
 * @param differences between the two scenarios, a line each
 * @param phases that both have, in the measured run's order
 * @param onlyMeasured names of phases that the prediction lacks
 * @param onlyPredicted names of phases that were not measured
 * @param overall over all phases, null where {@code onlyMeasured} or {@code onlyPredicted} has any:
 *     it would compare different loads
 * @param meanErrors mean of the absolute errors over the phases, by metric, those that are known
 */
public record Against(
    String measured,
    String predicted,
    List<String> warnings,
    List<String> differences,
    List<Pair> phases,
    List<String> onlyMeasured,
    List<String> onlyPredicted,
    @Nullable Pair overall,
    Map<String, Double> meanErrors) {

  /** A phase of both. */
  public record Pair(String name, List<Figure> figures) {}

  /**
   * A metric of both; null is unknown.
   *
   * @param error relative, of a share the difference: positive where the prediction is higher
   * @param inside whether the prediction lies in the measured 95 % interval; null: it has none
   */
  public record Figure(
      Metric metric,
      @Nullable Double measured,
      @Nullable Double predicted,
      @Nullable Double error,
      @Nullable Boolean inside) {

    static Figure of(Metric metric, JsonNode measured, JsonNode predicted) {
      Double was = metric.value(measured);
      Double said = metric.value(predicted);
      if (was == null || said == null) {
        return new Figure(metric, was, said, null, null);
      }
      return new Figure(
          metric, was, said, error(metric.kind(), was, said), metric.covers(measured, said));
    }

    private static @Nullable Double error(Metric.Kind kind, double measured, double predicted) {
      return switch (kind) {
        case SHARE -> (Double) (predicted - measured);
        case TIME, RATE -> measured == 0 ? null : (Double) (predicted / measured - 1);
      };
    }
  }

  /** Compares a simulated run with a measured one. */
  public static Against of(RunSide measured, RunSide predicted) {
    PhasePairs pairs = PhasePairs.of(measured.phases(), predicted.phases());
    List<Pair> phases =
        pairs.both().stream()
            .map(both -> pair(PhasePairs.name(both.measured()), both.measured(), both.predicted()))
            .toList();
    boolean same = pairs.onlyMeasured().isEmpty() && pairs.onlyPredicted().isEmpty();
    List<String> differences = new ArrayList<>(pairs.renamed());
    differences.addAll(ScenarioDifferences.of(measured.scenario(), predicted.scenario()));
    return new Against(
        measured.name(),
        predicted.name(),
        warnings(measured),
        differences,
        phases,
        pairs.onlyMeasured(),
        pairs.onlyPredicted(),
        same && !phases.isEmpty()
            ? pair(
                "overall", measured.summary().path("overall"), predicted.summary().path("overall"))
            : null,
        meanErrors(phases));
  }

  private static Pair pair(String name, JsonNode measured, JsonNode predicted) {
    return new Pair(
        name, Metric.ALL.stream().map(metric -> Figure.of(metric, measured, predicted)).toList());
  }

  private static Map<String, Double> meanErrors(List<Pair> phases) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (Metric metric : Metric.ALL) {
      phases.stream()
          .flatMap(phase -> phase.figures().stream())
          .filter(figure -> figure.metric().equals(metric))
          .map(Figure::error)
          .filter(error -> error != null)
          .mapToDouble(Math::abs)
          .average()
          .ifPresent(mean -> means.put(metric.key(), mean));
    }
    return means;
  }

  private static List<String> warnings(RunSide measured) {
    List<String> warnings = new ArrayList<>();
    switch (measured.verdict()) {
      case "invalid" ->
          warnings.add(
              "the measured run is INVALID: its figures are the client's, not the server's");
      case "interrupted" -> warnings.add("the measured run was interrupted: its last phase is cut");
      case "error" -> warnings.add("the measured run could not be carried out");
      default -> {
        // Whether its thresholds held does not matter here.
      }
    }
    if (measured.isSimulated()) {
      warnings.add("the measured run is a simulation itself");
    }
    return warnings;
  }
}
