package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code thresholds}, and those of the command line. */
final class ThresholdsReader {
  private static final String FLAG = "--threshold";

  private final Problems problems;

  /** By their text, with the place that has it. */
  private final Map<String, Placed> read = new LinkedHashMap<>();

  private record Placed(Threshold threshold, String where) {}

  ThresholdsReader(Problems problems) {
    this.problems = problems;
  }

  List<Threshold> read(@Nullable Value listed, List<String> flags) {
    List<Value> items = listed == null ? List.of() : listed.list();
    if (items == null) {
      problems.add(
          Objects.requireNonNull(listed).where(),
          "found %s, must be a list such as [\"ttft.p99 < 500ms\"]"
              .formatted(Section.kind(listed)));
      items = List.of();
    }
    for (Value item : items) {
      add(item.where(), item.map() == null ? item.text() : text(item));
    }
    flags.forEach(text -> add(FLAG, text));
    return new ArrayList<>(read.values().stream().map(Placed::threshold).toList());
  }

  private void add(String where, @Nullable String text) {
    if (text == null) {
      return;
    }
    try {
      read.put(text, new Placed(ThresholdText.parse(text), where));
    } catch (CandorException e) {
      problems.add(where, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String text(Value item) {
    Section section = new Section(item, problems, Keys.THRESHOLD);
    String expression = section.text("expr");
    if (expression == null) {
      problems.add(item.where(), "a threshold needs expr, such as expr: ttft.p99 < 500ms");
      return null;
    }
    try {
      return ThresholdText.text(
          expression, section.text("phase"), section.text("class"), section.text("confident"));
    } catch (CandorException e) {
      problems.add(item.where(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * Checks that the phases and classes that they name are the scenario's; a sweep names its steps
   * as it goes on.
   *
   * @param classes empty: not known before the run
   */
  void check(Scenario scenario, Set<String> classes) {
    for (Placed placed : read.values()) {
      Threshold.Scope scope = placed.threshold().scope();
      String phase = scope.phase();
      if (phase != null && scenario.sweep() == null) {
        checkPhase(placed, phase, scenario.steps());
      }
      String requestClass = scope.requestClass();
      if (requestClass != null && !classes.isEmpty() && !classes.contains(requestClass)) {
        problems.add(
            placed.where(),
            "'%s': there is no class '%s'; %s"
                .formatted(
                    placed.threshold().expression(),
                    requestClass,
                    Suggestion.of(requestClass, new TreeSet<>(classes))));
      }
    }
  }

  private void checkPhase(Placed placed, String phase, List<LoadStep> steps) {
    for (LoadStep step : steps) {
      if (step.name().equals(phase)) {
        if (step.warmup()) {
          problems.add(
              placed.where(),
              "'%s': %s is a warm-up, which is not measured"
                  .formatted(placed.threshold().expression(), phase));
        }
        return;
      }
    }
    List<String> known = steps.stream().filter(step -> !step.warmup()).map(LoadStep::name).toList();
    problems.add(
        placed.where(),
        "'%s': there is no phase '%s'; %s"
            .formatted(placed.threshold().expression(), phase, Suggestion.of(phase, known)));
  }
}
