package dev.candor.mock.metrics;

import dev.candor.base.random.Seed;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Gauges under the names of NVIDIA's DCGM exporter, one for each GPU of each replica. Utilisation
 * is the share of time spent in steps since an earlier scrape; power and temperature follow it in a
 * straight line, which is a picture and not a model.
 */
final class GpuGauges {
  private static final double IDLE_WATT = 70;
  private static final double IDLE_CELSIUS = 32;
  private static final double CELSIUS_AT_FULL_LOAD = 68;

  private final PrometheusRegistry registry;
  private final GpuShape gpu;
  private final Replicas replicas;

  private GpuGauges(PrometheusRegistry registry, GpuShape gpu, Replicas replicas) {
    this.registry = registry;
    this.gpu = gpu;
    this.replicas = replicas;
  }

  static void register(PrometheusRegistry registry, GpuShape gpu, Replicas replicas) {
    GpuGauges gauges = new GpuGauges(registry, gpu, replicas);
    gauges.gauge("DCGM_FI_DEV_GPU_UTIL", "GPU utilization (in %).", i -> 100 * gauges.load(i));
    gauges.gauge("DCGM_FI_DEV_FB_USED", "Framebuffer memory used (in MiB).", i -> gpu.usedMib());
    gauges.gauge(
        "DCGM_FI_DEV_FB_FREE",
        "Framebuffer memory free (in MiB).",
        i -> gpu.memoryMib() - gpu.usedMib());
    gauges.gauge(
        "DCGM_FI_DEV_POWER_USAGE",
        "Power draw (in W).",
        i -> IDLE_WATT + gauges.load(i) * (gpu.watt() - IDLE_WATT));
    gauges.gauge(
        "DCGM_FI_DEV_GPU_TEMP",
        "GPU temperature (in C).",
        i -> IDLE_CELSIUS + gauges.load(i) * (CELSIUS_AT_FULL_LOAD - IDLE_CELSIUS));
  }

  private double load(int replica) {
    return Math.clamp(replicas.perSecond(replica, ReplicaState::busyNanos) / 1e9, 0, 1);
  }

  private void gauge(String name, String help, IntToDoubleFunction ofReplica) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("gpu", "UUID", "device", "modelName", "Hostname")
        .callback(
            point -> {
              for (int i = 0; i < replicas.size() * gpu.count(); i++) {
                point.call(
                    ofReplica.applyAsDouble(i / gpu.count()),
                    Integer.toString(i),
                    uuid(i),
                    "nvidia" + i,
                    gpu.name(),
                    "candor-mock");
              }
            })
        .register(registry);
  }

  private static String uuid(int index) {
    long bits = new Seed(0).derive("gpu").derive(index).value();
    return String.format(
        Locale.ROOT,
        "GPU-%08x-%04x-%04x-0000-%012x",
        bits >>> 32,
        (bits >>> 16) & 0xFFFF,
        bits & 0xFFFF,
        index);
  }
}
