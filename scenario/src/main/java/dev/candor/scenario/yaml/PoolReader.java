package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ClusterPlan.Autoscale;
import dev.candor.scenario.ClusterPlan.Pool;
import dev.candor.scenario.ClusterPlan.Role;
import dev.candor.scenario.MockEngine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one of {@code simulation.cluster.pools}. */
final class PoolReader {
  // Those of Kubernetes' HorizontalPodAutoscaler: its sync period, its window for scaling down, and
  // the pods that it adds in one period.
  private static final String EVERY = "15s";
  private static final String COOLDOWN = "5m";
  private static final int ADD = 4;
  private static final String STARTUP = "60s";

  private final FileNames files;
  private final Problems problems;

  PoolReader(FileNames files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  Pool read(Section section) {
    for (String key : List.of("name", "profile")) {
      if (!section.has(key)) {
        section.problem(key, "needs " + key);
      }
    }
    Autoscale autoscale = autoscale(section.get("autoscale"));
    int replicas = section.integer("replicas", autoscale == null ? 1 : autoscale.min(), 1);
    if (autoscale != null && (replicas < autoscale.min() || replicas > autoscale.max())) {
      section.problem(
          "replicas",
          "found %d, must be from min (%d) to max (%d) of autoscale"
              .formatted(replicas, autoscale.min(), autoscale.max()));
    }
    MockEngine engine =
        MockReader.engine(
            section.read("profile", "", text -> MockReader.profile(files, text)),
            replicas,
            MockReader.routing(section),
            new Section(section.get("engine"), problems, Keys.ENGINE_LIMITS));
    return new Pool(
        section.text("name", ""),
        section.read("role", Role.BOTH, text -> ConstantText.parse(Role.class, text)),
        engine,
        section.items("classes", "names of request classes").stream().map(Value::text).toList(),
        autoscale);
  }

  private @Nullable Autoscale autoscale(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.AUTOSCALE);
    for (String key : List.of("max", "target_in_flight")) {
      if (!section.has(key)) {
        section.problem(key, "needs " + key);
      }
    }
    int min = section.integer("min", 1, 1);
    int max = section.integer("max", min, 1);
    if (max < min) {
      section.problem("max", "found %d, must be at least min (%d)".formatted(max, min));
    }
    return new Autoscale(
        min,
        Math.max(min, max),
        section.read("target_in_flight", 1.0, PoolReader::target),
        section.read("every", Durations.parseNanos(EVERY), Section::positiveNanos),
        section.read("startup", Durations.parseNanos(STARTUP), Durations::parseNanos),
        section.read("cooldown", Durations.parseNanos(COOLDOWN), Durations::parseNanos),
        section.integer("add", ADD, 1));
  }

  private static Double target(String text) {
    double target = Section.number(text, 0);
    if (target <= 0) {
      throw CandorException.user(
          "found %s, must be above 0: requests in the pool for each replica".formatted(text));
    }
    return target;
  }
}
