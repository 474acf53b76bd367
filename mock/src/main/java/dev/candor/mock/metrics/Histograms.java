package dev.candor.mock.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;

/** One histogram for each replica, of seconds or of counts. */
final class Histograms {
  private static final double NANOS = 1e9;

  private final DistributionDataPoint[] replicas;

  /**
   * @param labels values for a replica
   */
  Histograms(
      PrometheusRegistry registry,
      String name,
      String help,
      double[] bounds,
      String[] labelNames,
      int replicas,
      IntFunction<String[]> labels) {
    Histogram histogram =
        Histogram.builder()
            .name(name)
            .help(help)
            .classicOnly()
            .classicUpperBounds(bounds)
            .withoutExemplars()
            .labelNames(labelNames)
            .register(registry);
    this.replicas = new DistributionDataPoint[replicas];
    for (int i = 0; i < replicas; i++) {
      this.replicas[i] = histogram.labelValues(labels.apply(i));
    }
  }

  void nanos(int replica, long nanos) {
    replicas[replica].observe(nanos / NANOS);
  }

  void count(int replica, double value) {
    replicas[replica].observe(value);
  }

  /** 1, 2, 5, 10, 20, 50 … up to {@code largest}. */
  static double[] oneTwoFive(int largest) {
    DoubleStream.Builder bounds = DoubleStream.builder();
    for (double power = 1; power <= largest; power *= 10) {
      for (int mantissa : new int[] {1, 2, 5}) {
        if (mantissa * power <= largest) {
          bounds.add(mantissa * power);
        }
      }
    }
    return bounds.build().toArray();
  }
}
