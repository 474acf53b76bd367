package dev.candor.scenario.yaml;

import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.ClusterPlan.Pool;
import dev.candor.scenario.ClusterPlan.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What pools must be together: every request class has one way through them. */
final class PoolRules {
  private final Problems problems;
  private final Set<String> workloadClasses;

  PoolRules(Problems problems, Set<String> workloadClasses) {
    this.problems = problems;
    this.workloadClasses = workloadClasses;
  }

  /**
   * @param sections of the {@code pools}, one each
   */
  void check(Section cluster, List<Section> sections, List<Pool> pools) {
    long replicas = pools.stream().mapToLong(Pool::most).sum();
    if (replicas > ClusterPlan.MOST_REPLICAS) {
      cluster.problem(
          "pools",
          "found %d replicas in all pools together, must be at most %d"
              .formatted(replicas, ClusterPlan.MOST_REPLICAS));
    }
    names(sections, pools);
    boolean roles = roles(sections, pools);
    boolean fronts = classes(sections, pools, true);
    boolean others = classes(sections, pools, false);
    if (roles && fronts && others) {
      ways(sections, pools);
    }
  }

  private static void names(List<Section> sections, List<Pool> pools) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < pools.size(); i++) {
      if (!pools.get(i).name().isEmpty() && !names.add(pools.get(i).name())) {
        sections
            .get(i)
            .problem("name", "another pool has the name '%s'".formatted(pools.get(i).name()));
      }
    }
  }

  private static boolean roles(List<Section> sections, List<Pool> pools) {
    boolean clear = true;
    for (int i = 0; i < pools.size(); i++) {
      Role role = pools.get(i).role();
      Role other =
          switch (role) {
            case BOTH -> Role.BOTH;
            case PREFILL -> Role.DECODE;
            case DECODE -> Role.PREFILL;
          };
      if (pools.stream().noneMatch(pool -> pool.role() == other)) {
        clear = false;
        sections
            .get(i)
            .problem(
                "role",
                "found %s, which needs a pool with role: %s beside it"
                    .formatted(ConstantText.of(role), ConstantText.of(other)));
      }
    }
    return clear;
  }

  /** Of pools that take requests in, or of those that go on from them: one for each class. */
  private boolean classes(List<Section> sections, List<Pool> pools, boolean front) {
    boolean clear = true;
    Map<String, String> byClass = new HashMap<>();
    String rest = null;
    for (int i = 0; i < pools.size(); i++) {
      Pool pool = pools.get(i);
      Section section = sections.get(i);
      if (pool.front() != front) {
        continue;
      }
      if (pool.classes().isEmpty()) {
        if (rest != null) {
          clear = false;
          section.problem(
              "classes",
              "needs classes: pool %s has none either, and serves all that no pool names"
                  .formatted(rest));
        }
        rest = pool.name();
      }
      for (String name : pool.classes()) {
        String known = byClass.putIfAbsent(name, pool.name());
        if (known != null) {
          clear = false;
          section.problem(
              "classes", "class %s is served by pool %s already".formatted(name, known));
        }
        if (!workloadClasses.isEmpty() && !workloadClasses.contains(name)) {
          clear = false;
          section.problem(
              "classes",
              "the workload has no class '%s'; %s"
                  .formatted(
                      name, Suggestion.of(name, workloadClasses.stream().sorted().toList())));
        }
      }
    }
    return clear;
  }

  private void ways(List<Section> sections, List<Pool> pools) {
    ClusterPlan.Models models =
        new ClusterPlan(pools, ClusterPlan.KvTransfer.NONE, List.of()).models();
    for (String name : workloadClasses.stream().sorted().toList()) {
      if (!models.byClass().containsKey(name) && models.other() == null) {
        problems.add(
            sections.getLast().where(),
            "no pool serves the class %s from prompt to answer".formatted(name));
      }
    }
    for (int i = 0; i < pools.size(); i++) {
      int index = i;
      boolean used =
          models.routes().stream()
              .anyMatch(
                  route ->
                      route.pool() == index
                          || (route.decodePool() != null && route.decodePool() == index));
      if (!used) {
        problems.add(
            sections.get(i).where(),
            "no class goes to pool %s: where one is named for prompts, answers must be too"
                .formatted(pools.get(i).name()));
      }
    }
  }
}
