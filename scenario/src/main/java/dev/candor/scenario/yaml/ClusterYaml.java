package dev.candor.scenario.yaml;

import dev.candor.base.units.Bandwidths;
import dev.candor.scenario.ClusterPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cluster as entries that {@link ClusterReader} reads back to the same one. */
final class ClusterYaml {
  private ClusterYaml() {}

  static Map<String, Object> entries(ClusterPlan cluster) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("pools", cluster.pools().stream().map(ClusterYaml::pool).toList());
    if (!cluster.transfer().equals(ClusterPlan.KvTransfer.NONE)) {
      section.put("kv_transfer", transfer(cluster.transfer()));
    }
    if (!cluster.failures().isEmpty()) {
      section.put("failures", cluster.failures().stream().map(ClusterYaml::failure).toList());
    }
    return section;
  }

  private static Map<String, Object> pool(ClusterPlan.Pool pool) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", pool.name());
    entry.put("role", ConstantText.of(pool.role()));
    entry.put("profile", pool.engine().profile());
    entry.put("replicas", pool.engine().replicas());
    entry.put("routing", ConstantText.of(pool.engine().routing()));
    if (!pool.classes().isEmpty()) {
      entry.put("classes", pool.classes());
    }
    Map<String, Object> limits = MockYaml.limits(pool.engine());
    if (!limits.isEmpty()) {
      entry.put("engine", limits);
    }
    if (pool.autoscale() != null) {
      entry.put("autoscale", autoscale(pool.autoscale()));
    }
    return entry;
  }

  private static Map<String, Object> autoscale(ClusterPlan.Autoscale autoscale) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("min", autoscale.min());
    entry.put("max", autoscale.max());
    entry.put("target_in_flight", autoscale.targetInFlight());
    entry.put("every", QuantityText.nanos(autoscale.everyNanos()));
    entry.put("startup", QuantityText.nanos(autoscale.startupNanos()));
    entry.put("cooldown", QuantityText.nanos(autoscale.cooldownNanos()));
    entry.put("add", autoscale.add());
    return entry;
  }

  private static Map<String, Object> transfer(ClusterPlan.KvTransfer transfer) {
    Map<String, Object> entry = new LinkedHashMap<>();
    if (Double.isFinite(transfer.bytesPerSecond())) {
      entry.put("bandwidth", Bandwidths.text(transfer.bytesPerSecond()));
    }
    entry.put("latency", QuantityText.nanos(transfer.latencyNanos()));
    return entry;
  }

  private static Map<String, Object> failure(ClusterPlan.Failure failure) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("pool", failure.pool());
    entry.put("replica", failure.replica());
    entry.put("at", QuantityText.nanos(failure.atNanos()));
    if (failure.forNanos() != null) {
      entry.put("for", QuantityText.nanos(failure.forNanos()));
    }
    MockYaml.putIfGiven(entry, "slow", failure.slow());
    return entry;
  }
}
