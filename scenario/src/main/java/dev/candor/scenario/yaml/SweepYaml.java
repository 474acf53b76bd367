package dev.candor.scenario.yaml;

import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Sweep.Dimension;
import dev.candor.scenario.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sweep as it was resolved. */
final class SweepYaml {
  private SweepYaml() {}

  static Map<String, Object> entries(Sweep sweep, List<LoadStep> warmup) {
    Map<String, Object> section = new LinkedHashMap<>();
    switch (sweep.dimension()) {
      case USERS -> section.put("users", Math.round(sweep.from()) + ".." + Math.round(sweep.to()));
      case RATE -> section.put("rate", sweep.from() + "/s.." + sweep.to() + "/s");
    }
    section.put("resolution", sweep.resolution());
    section.put("while", sweep.conditions().stream().map(Threshold::expression).toList());
    section.put("marginal", sweep.marginal());
    if (sweep.dimension() == Dimension.USERS) {
      section.put("think", QuantityText.nanos(sweep.thinkNanos()));
    } else {
      section.put("arrivals", LoadYaml.arrivals(sweep.arrivals()));
    }
    Sweep.Step step = sweep.step();
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("ramp", QuantityText.nanos(step.rampNanos()));
    steps.put("requests", step.requests());
    steps.put("at_least", QuantityText.nanos(step.atLeastNanos()));
    steps.put("at_most", QuantityText.nanos(step.atMostNanos()));
    steps.put("pause", QuantityText.nanos(step.pauseNanos()));
    steps.put("drain", QuantityText.nanos(step.drainNanos()));
    section.put("step", steps);
    section.put("repeats", sweep.repeats());
    section.put("warmup", QuantityText.nanos(warmup.getFirst().durationNanos()));
    Sweep.Hold hold = sweep.hold();
    section.put(
        "hold",
        hold == null
            ? (Object) false
            : Map.of("share", hold.share(), "for", QuantityText.nanos(hold.durationNanos())));
    return section;
  }
}
