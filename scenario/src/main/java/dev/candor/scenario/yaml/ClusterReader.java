package dev.candor.scenario.yaml;

import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ClusterPlan;
import org.jspecify.annotations.Nullable;

/** Reads the {@code simulation.cluster} section. */
final class ClusterReader {
  private final Problems problems;

  ClusterReader(Problems problems) {
    this.problems = problems;
  }

  @Nullable ClusterPlan read(@Nullable Value value) {
    if (value != null) {
      problems.add(value.where(), "clusters are not read yet");
    }
    return null;
  }
}
