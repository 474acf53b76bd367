package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.units.Bandwidths;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.ClusterPlan.Failure;
import dev.candor.scenario.ClusterPlan.KvTransfer;
import dev.candor.scenario.ClusterPlan.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code simulation.cluster} section. */
final class ClusterReader {
  private final FileNames files;
  private final Problems problems;
  private final Set<String> workloadClasses;

  /**
   * @param workloadClasses names of the workload's request classes; none: not known yet
   */
  ClusterReader(FileNames files, Problems problems, Set<String> workloadClasses) {
    this.files = files;
    this.problems = problems;
    this.workloadClasses = workloadClasses;
  }

  @Nullable ClusterPlan read(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.CLUSTER);
    List<Section> sections =
        section.items("pools", "pools").stream()
            .map(item -> new Section(item, problems, Keys.POOL))
            .toList();
    if (sections.isEmpty()) {
      section.problem("pools", "needs pools, such as [{name: chat, profile: h100-llama3-8b}]");
      return null;
    }
    PoolReader reader = new PoolReader(files, problems);
    List<Pool> pools = sections.stream().map(reader::read).toList();
    boolean moves = pools.stream().anyMatch(pool -> pool.role() == ClusterPlan.Role.PREFILL);
    if (section.has("kv_transfer") && !moves) {
      section.problem("kv_transfer", "needs a pool with role: prefill; no KV moves without one");
    }
    new PoolRules(problems, workloadClasses).check(section, sections, pools);
    return new ClusterPlan(
        pools,
        transfer(section.get("kv_transfer")),
        failures(section.items("failures", "failures"), pools));
  }

  private KvTransfer transfer(@Nullable Value value) {
    Section section = new Section(value, problems, Keys.KV_TRANSFER);
    return new KvTransfer(
        section.read(
            "bandwidth", KvTransfer.NONE.bytesPerSecond(), Bandwidths::parseBytesPerSecond),
        section.read("latency", KvTransfer.NONE.latencyNanos(), Durations::parseNanos));
  }

  private List<Failure> failures(List<Value> items, List<Pool> pools) {
    List<Failure> failures = new ArrayList<>();
    for (Value item : items) {
      Section section = new Section(item, problems, Keys.FAILURE);
      Pool pool = pool(section, pools);
      int replica = section.integer("replica", 0, 0);
      if (pool != null && replica >= pool.most()) {
        section.problem(
            "replica", "found %d, must be at most %d".formatted(replica, pool.most() - 1));
      }
      if (!section.has("at")) {
        section.problem("at", "needs at, the time since the start of the run");
      }
      failures.add(
          new Failure(
              pool == null ? "" : pool.name(),
              replica,
              section.read("at", 0L, Durations::parseNanos),
              section.<@Nullable Long>read("for", null, Section::positiveNanos),
              section.<@Nullable Double>read("slow", null, ClusterReader::factor)));
    }
    return failures;
  }

  private static @Nullable Pool pool(Section section, List<Pool> pools) {
    String name = section.text("pool");
    if (name == null && pools.size() > 1) {
      section.problem("pool", "needs pool, the name of the one that it strikes");
      return null;
    }
    if (name == null) {
      return pools.getFirst();
    }
    List<String> names = pools.stream().map(Pool::name).toList();
    if (!names.contains(name)) {
      section.problem(
          "pool", "there is no pool '%s'; %s".formatted(name, Suggestion.of(name, names)));
      return null;
    }
    return pools.get(names.indexOf(name));
  }

  private static Double factor(String text) {
    double factor = Section.number(text, 0);
    if (factor <= 0) {
      throw CandorException.user("found %s, must be above 0".formatted(text));
    }
    return factor;
  }
}
