package dev.candor.analysis.server;

import dev.candor.analysis.server.ServerSide.ClientLatency;
import dev.candor.analysis.server.ServerSide.ClientSide;
import dev.candor.analysis.server.ServerSide.Estimate;
import dev.candor.record.PhaseRecord;
import dev.candor.record.ServerMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From records to the figures of phases. */
final class PhaseSide {
  private static final Map<String, Double> QUANTILES = Map.of("p50", 0.5, "p90", 0.9, "p99", 0.99);

  /** A latency by the client's name for it, and the server's histogram of it. */
  private record Histogram(String key, ServerMetric bucket, ServerMetric sum) {}

  private static final List<Histogram> HISTOGRAMS =
      List.of(
          new Histogram("ttft", ServerMetric.TTFT_BUCKET, ServerMetric.TTFT_SUM),
          new Histogram("itl", ServerMetric.ITL_BUCKET, ServerMetric.ITL_SUM),
          new Histogram("tpot", ServerMetric.TPOT_BUCKET, ServerMetric.TPOT_SUM),
          new Histogram("e2e", ServerMetric.E2E_BUCKET, ServerMetric.E2E_SUM),
          new Histogram("queue", ServerMetric.QUEUE_BUCKET, ServerMetric.QUEUE_SUM),
          new Histogram(
              "time_per_token",
              ServerMetric.TIME_PER_TOKEN_BUCKET,
              ServerMetric.TIME_PER_TOKEN_SUM));

  private final ServerRecords records;
  private final List<String> addresses;

  PhaseSide(ServerRecords records, List<String> addresses) {
    this.records = records;
    this.addresses = addresses;
  }

  List<String> names() {
    return records.pages().stream().map(this::name).toList();
  }

  private String name(int page) {
    return page < addresses.size() ? addresses.get(page) : "page " + page;
  }

  ServerSide.Phase of(Collection<PhaseRecord> phases, ClientSide client) {
    List<ServerSide.PageFigures> byPage = new ArrayList<>();
    if (records.pages().size() > 1) {
      for (Integer page : records.pages()) {
        byPage.add(new ServerSide.PageFigures(name(page), figures(page, phases, null)));
      }
    }
    return new ServerSide.Phase(client.name(), figures(null, phases, client), byPage);
  }

  /**
   * @param client null where the client does not know what was the page's share
   */
  private ServerSide.Figures figures(
      @Nullable Integer page, Collection<PhaseRecord> phases, @Nullable ClientSide client) {
    double seconds = records.seconds(phases);
    Double made = records.growth(ServerMetric.GENERATION_TOKENS, page, phases);
    Double taken = records.growth(ServerMetric.PROMPT_TOKENS, page, phases);
    Double hitRate = records.hitRate(page, phases);
    ServerSide.Level told =
        hitRate == null ? records.level(ServerMetric.HIT_RATE, page, phases) : null;
    return new ServerSide.Figures(
        records.level(ServerMetric.KV_USAGE, page, phases),
        records.level(ServerMetric.RUNNING, page, phases),
        records.level(ServerMetric.WAITING, page, phases),
        records.level(ServerMetric.SWAPPED, page, phases),
        records.growth(ServerMetric.PREEMPTIONS, page, phases),
        hitRate,
        told == null ? null : told.mean(),
        rate(made, seconds),
        rate(taken, seconds),
        gpu(page, phases, tokens(made, client)),
        latencies(page, phases, client));
  }

  /** The server's own count, as it may have served others too; else ours. */
  private static @Nullable Double tokens(@Nullable Double made, @Nullable ClientSide client) {
    if (made != null || client == null) {
      return made;
    }
    return client.outputTokens();
  }

  private static @Nullable Double rate(@Nullable Double count, double seconds) {
    return count == null || seconds <= 0 ? null : Double.valueOf(count / seconds);
  }

  private ServerSide.@Nullable Gpu gpu(
      @Nullable Integer page, Collection<PhaseRecord> phases, @Nullable Double tokens) {
    Double counted = records.growth(ServerMetric.GPU_ENERGY, page, phases);
    boolean byCounter = counted != null && counted > 0;
    Double energy = byCounter ? counted : records.energy(page, phases);
    ServerSide.Level total = records.level(ServerMetric.GPU_MEMORY_TOTAL, page, phases);
    ServerSide.Gpu gpu =
        new ServerSide.Gpu(
            records.level(ServerMetric.GPU_POWER, page, phases),
            energy,
            byCounter,
            energy == null || tokens == null || tokens <= 0
                ? null
                : Double.valueOf(energy / tokens),
            records.level(ServerMetric.GPU_MEMORY_USED, page, phases),
            total == null ? null : total.max(),
            records.level(ServerMetric.GPU_UTIL, page, phases),
            records.level(ServerMetric.GPU_TENSOR, page, phases),
            records.level(ServerMetric.GPU_DRAM, page, phases));
    return gpu.power() == null && energy == null && gpu.memoryUsed() == null && gpu.busy() == null
        ? null
        : gpu;
  }

  private SortedMap<String, ServerSide.Latency> latencies(
      @Nullable Integer page, Collection<PhaseRecord> phases, @Nullable ClientSide client) {
    SortedMap<String, ServerSide.Latency> latencies = new TreeMap<>();
    for (Histogram each : HISTOGRAMS) {
      ServerHistogram histogram = records.histogram(each.bucket(), each.sum(), page, phases);
      if (histogram != null && histogram.count() >= 1) {
        latencies.put(
            each.key(),
            latency(histogram, client == null ? null : client.latency().get(each.key())));
      }
    }
    return latencies;
  }

  private static ServerSide.Latency latency(
      ServerHistogram histogram, @Nullable ClientLatency client) {
    SortedMap<String, Estimate> quantiles = new TreeMap<>();
    QUANTILES.forEach(
        (name, q) -> {
          ServerHistogram.Quantile quantile = histogram.quantile(q);
          if (quantile != null) {
            quantiles.put(name, new Estimate(quantile.value(), quantile.low(), quantile.high()));
          }
        });
    SortedMap<String, Estimate> difference = new TreeMap<>();
    if (client != null) {
      Double mean = histogram.meanMs();
      Double own = client.figures().get("mean");
      if (mean != null && own != null) {
        // Sums are exact: a mean has no bucket's doubt.
        difference.put("mean", new Estimate(own - mean, own - mean, own - mean));
      }
      quantiles.forEach(
          (name, quantile) -> {
            Double seen = client.figures().get(name);
            if (seen != null) {
              difference.put(
                  name,
                  new Estimate(
                      minus(seen, quantile.value()),
                      minus(seen, quantile.high()),
                      minus(seen, quantile.low())));
            }
          });
    }
    return new ServerSide.Latency(
        histogram.count(), histogram.meanMs(), quantiles, client, difference);
  }

  private static @Nullable Double minus(double a, @Nullable Double b) {
    return b == null ? null : Double.valueOf(a - b);
  }
}
