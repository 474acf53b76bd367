package dev.candor.mock.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** Gauges and counters that are read off the replicas when they are asked for. */
final class StateMetrics {
  private final PrometheusRegistry registry;
  private final int replicas;
  private final String[] labelNames;
  private final IntFunction<String[]> labels;

  /**
   * @param labels values for a replica
   */
  StateMetrics(
      PrometheusRegistry registry,
      int replicas,
      String[] labelNames,
      IntFunction<String[]> labels) {
    this.registry = registry;
    this.replicas = replicas;
    this.labelNames = labelNames;
    this.labels = labels;
  }

  void gauge(String name, String help, IntToDoubleFunction value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labelNames)
        .callback(
            point -> {
              for (int i = 0; i < replicas; i++) {
                point.call(value.applyAsDouble(i), labels.apply(i));
              }
            })
        .register(registry);
  }

  void counter(String name, String help, IntToDoubleFunction value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labelNames)
        .callback(
            point -> {
              for (int i = 0; i < replicas; i++) {
                point.call(value.applyAsDouble(i), labels.apply(i));
              }
            })
        .register(registry);
  }

  Histograms histogram(String name, String help, double[] bounds) {
    return new Histograms(registry, name, help, bounds, labelNames, replicas, labels);
  }
}
