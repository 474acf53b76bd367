package dev.candor.app.cli;

import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.PublishText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run's figures go while it lasts; they win over the scenario's {@code publish}. */
final class PublishFlags {
  @Option(
      names = "--prometheus",
      paramLabel = "PORT",
      description =
          "Show the figures on http://127.0.0.1:PORT/metrics for Prometheus; 0: a free port (docs/publish.md).")
  @Nullable String prometheus;

  @Option(
      names = "--remote-write",
      paramLabel = "URL",
      description = "Send the figures to a receiver of Prometheus's remote write.")
  @Nullable String remoteWrite;

  @Option(
      names = "--otlp",
      paramLabel = "URL",
      description =
          "Send metrics, and spans of 1 %% of the requests, to a receiver of OTLP over HTTP, such as http://127.0.0.1:4318.")
  @Nullable String otlp;

  @Option(
      names = "--influx",
      paramLabel = "FILE|URL",
      description = "Write the figures as InfluxDB's line protocol.")
  @Nullable String influx;

  /** {@code scenario}, published as the flags say. */
  Scenario published(Scenario scenario) {
    return scenario.withPublish(
        PublishText.withFlags(scenario.publish(), prometheus, remoteWrite, otlp, influx));
  }
}
