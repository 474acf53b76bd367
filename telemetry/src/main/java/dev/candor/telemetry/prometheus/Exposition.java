package dev.candor.telemetry.prometheus;

import dev.candor.telemetry.figures.Family;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.Sample;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures as a page in Prometheus's text format or in OpenMetrics, whichever the reader prefers.
 */
final class Exposition {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();
  private static final String TOTAL = "_total";

  /** A page, and what to call its format. */
  record Page(String contentType, byte[] body) {}

  private Exposition() {}

  /**
   * @param accept the reader's header of that name, null where it has none
   */
  static Page of(Figures figures, @Nullable String accept) throws IOException {
    ExpositionFormatWriter writer = FORMATS.findWriter(accept);
    if (!writer.isAvailable()) {
      writer = FORMATS.getPrometheusTextFormatWriter();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writer.write(body, snapshots(figures));
    return new Page(writer.getContentType(), body.toByteArray());
  }

  private static MetricSnapshots snapshots(Figures figures) {
    return new MetricSnapshots(
        figures.families().stream()
            .filter(family -> !family.samples().isEmpty())
            .map(Exposition::snapshot)
            .toArray(MetricSnapshot[]::new));
  }

  private static MetricSnapshot snapshot(Family family) {
    return switch (family.kind()) {
      case COUNTER -> {
        String name = family.name().substring(0, family.name().length() - TOTAL.length());
        CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(family.help());
        for (Sample.Plain sample : samples(family, Sample.Plain.class)) {
          builder.dataPoint(
              CounterSnapshot.CounterDataPointSnapshot.builder()
                  .labels(labels(sample))
                  .value(sample.value())
                  .build());
        }
        yield builder.build();
      }
      case GAUGE -> {
        GaugeSnapshot.Builder builder =
            GaugeSnapshot.builder().name(family.name()).help(family.help());
        for (Sample.Plain sample : samples(family, Sample.Plain.class)) {
          builder.dataPoint(
              GaugeSnapshot.GaugeDataPointSnapshot.builder()
                  .labels(labels(sample))
                  .value(sample.value())
                  .build());
        }
        yield builder.build();
      }
      case HISTOGRAM -> {
        HistogramSnapshot.Builder builder =
            HistogramSnapshot.builder().name(family.name()).help(family.help());
        for (Sample.Buckets sample : samples(family, Sample.Buckets.class)) {
          builder.dataPoint(
              HistogramSnapshot.HistogramDataPointSnapshot.builder()
                  .labels(labels(sample))
                  .classicHistogramBuckets(buckets(sample))
                  .sum(sample.sumSeconds())
                  .build());
        }
        yield builder.build();
      }
    };
  }

  private static <S extends Sample> List<S> samples(Family family, Class<S> kind) {
    return family.samples().stream().map(kind::cast).toList();
  }

  private static ClassicHistogramBuckets buckets(Sample.Buckets sample) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < sample.boundsSeconds().length; i++) {
      buckets.bucket(sample.boundsSeconds()[i], sample.counts()[i]);
    }
    buckets.bucket(Double.POSITIVE_INFINITY, sample.counts()[sample.boundsSeconds().length]);
    return buckets.build();
  }

  private static Labels labels(Sample sample) {
    List<String> names = new ArrayList<>(sample.labels().keySet());
    return Labels.of(names, new ArrayList<>(sample.labels().values()));
  }
}
