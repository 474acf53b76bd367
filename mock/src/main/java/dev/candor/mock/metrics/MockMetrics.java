package dev.candor.mock.metrics;

import dev.candor.scenario.MockSettings;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that {@code /metrics} tells, from one state. <b>For the mock's event loop.</b> */
public final class MockMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Replicas replicas;
  private final ServerMetrics server;
  private final Counter faults;
  private final Counter refusals;

  /**
   * @param maxModelLen the longest prompt and answer, for the buckets of lengths
   * @param gpu null: there is none to tell of
   * @param states read at each scrape, one a replica
   */
  public MockMetrics(
      MockSettings.MetricNames names,
      String model,
      int maxModelLen,
      boolean prefixCaching,
      @Nullable GpuShape gpu,
      Supplier<List<ReplicaState>> states,
      LongSupplier nanoTime) {
    replicas = new Replicas(states, nanoTime);
    server =
        switch (names) {
          case VLLM -> new VllmMetrics(registry, model, maxModelLen, prefixCaching, replicas);
          case SGLANG -> new SglangMetrics(registry, model, replicas);
        };
    if (gpu != null) {
      GpuGauges.register(registry, gpu, replicas);
    }
    new StateMetrics(
            registry,
            replicas.size(),
            new String[] {"engine"},
            replica -> new String[] {Integer.toString(replica)})
        .counter(
            "candor_prefix_cache_evicted_blocks",
            "Cached blocks that were given to other requests.",
            i -> replicas.get(i).evictions());
    faults = counter("candor_faults", "Faults that struck requests.", "fault");
    refusals = counter("candor_quota_refusals", "Requests over a quota.", "limit");
  }

  private Counter counter(String name, String help, String label) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .withoutExemplars()
        .register(registry);
  }

  public ServerMetrics server() {
    return server;
  }

  public void fault(String name) {
    faults.labelValues(name).inc();
  }

  public void refused(String limit) {
    refusals.labelValues(limit).inc();
  }

  /** Of what is told to whom. */
  public record Exposition(String contentType, byte[] body) {}

  /**
   * @param accept the request's header, by which Prometheus asks for a format; null: plain text
   */
  public Exposition scrape(@Nullable String accept) {
    replicas.sample();
    server.settle();
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 14);
    try {
      writer.write(body, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Exposition(writer.getContentType(), body.toByteArray());
  }
}
