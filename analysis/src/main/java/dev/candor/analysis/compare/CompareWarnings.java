package dev.candor.analysis.compare;

import dev.candor.analysis.compare.RunComparison.Difference;
import dev.candor.scenario.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Why a comparison may mean less than it seems. */
final class CompareWarnings {
  private static final int MOST_KEYS = 5;

  private CompareWarnings() {}

  static List<String> of(List<ComparedRun> base, List<List<ComparedRun>> sides) {
    List<String> warnings = new ArrayList<>();
    ofSide(base, warnings);
    sides.forEach(side -> ofSide(side, warnings));
    for (List<ComparedRun> side : sides) {
      if (!Objects.equals(currency(base), currency(side))) {
        warnings.add(
            "%s has its prices in %s, %s in %s: costs do not compare"
                .formatted(
                    base.getFirst().name(),
                    currency(base),
                    side.getFirst().name(),
                    currency(side)));
      }
    }
    return warnings;
  }

  private static void ofSide(List<ComparedRun> side, List<String> warnings) {
    for (ComparedRun run : side) {
      switch (run.verdict()) {
        case "invalid" ->
            warnings.add(
                run.name() + " is INVALID: its figures are the client's, not the server's");
        case "interrupted" -> warnings.add(run.name() + " was interrupted: its last phase is cut");
        case "error" -> warnings.add(run.name() + " could not be carried out");
        default -> {
          // Whether its thresholds held does not matter here.
        }
      }
      if (run.info().lost() > 0) {
        warnings.add(
            "%s: %d records of attempts were dropped".formatted(run.name(), run.info().lost()));
      }
    }
    ComparedRun first = side.getFirst();
    for (ComparedRun run : side.subList(1, side.size())) {
      List<Difference> differences = Differences.ofScenarios(first.scenario(), run.scenario());
      if (!differences.isEmpty()) {
        warnings.add(
            "%s and %s are taken as runs of the same, but differ in %s"
                .formatted(
                    first.name(),
                    run.name(),
                    differences.stream()
                        .limit(MOST_KEYS)
                        .map(Difference::key)
                        .collect(Collectors.joining(", "))));
      }
    }
  }

  /** Of the prices, in words where there are none. */
  static String currency(List<ComparedRun> side) {
    Prices prices = side.getFirst().scenario().prices();
    return prices == null ? "no currency" : prices.currency();
  }
}
