package dev.candor.telemetry.otlp;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.scenario.Publish;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.PhaseName;
import dev.candor.telemetry.figures.RunFacts;
import dev.candor.telemetry.push.Push;
import dev.candor.telemetry.push.Troubles;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry by OTLP over HTTP. {@link #add} is for one thread, {@link #send} for another. */
public final class OtlpPush implements Push {
  private static final String SCOPE = "dev.candor";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int SPANS_A_REQUEST = 512;

  /** What does not arrive is told of by {@link dev.candor.telemetry.push.Troubles} alone. */
  private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry");

  private final String base;
  private final AskedReader reader = new AskedReader();
  private final SpanOutbox outbox = new SpanOutbox();
  private final GenAiMetrics metrics;
  private final RequestSpans spans;
  private final MetricExporter metricExporter;
  private final SpanExporter spanExporter;

  /** For tests: to other exporters. */
  OtlpPush(
      RunFacts facts,
      Publish.Otlp otlp,
      Instant start,
      MetricExporter metricExporter,
      SpanExporter spanExporter) {
    EXPORTERS.setLevel(Level.OFF);
    this.base = base(otlp);
    this.metricExporter = metricExporter;
    this.spanExporter = spanExporter;
    Resource resource = resource(facts);
    SpanIds ids = new SpanIds(start.getEpochSecond() * 1_000_000_000 + start.getNano());
    SdkMeterProvider meters =
        SdkMeterProvider.builder().setResource(resource).registerMetricReader(reader).build();
    SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setIdGenerator(ids)
            .setSampler(Sampler.alwaysOn())
            .addSpanProcessor(outbox)
            .build();
    this.metrics = new GenAiMetrics(facts.scenario(), meters.get(SCOPE));
    this.spans =
        new RequestSpans(
            facts.scenario(), facts.run(), tracers.get(SCOPE), ids, otlp.spans(), start);
  }

  /**
   * @param start of the run on the calendar
   * @param executor of the threads that send
   */
  public static OtlpPush of(
      RunFacts facts, Publish.Otlp otlp, Instant start, ExecutorService executor) {
    return new OtlpPush(
        facts,
        otlp,
        start,
        OtlpHttpMetricExporter.builder()
            .setEndpoint(base(otlp) + "/v1/metrics")
            .setHeaders(otlp.to()::headers)
            .setConnectTimeout(CONNECT)
            .setTimeout(ANSWER)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop())
            .setExecutorService(executor)
            .build(),
        OtlpHttpSpanExporter.builder()
            .setEndpoint(base(otlp) + "/v1/traces")
            .setHeaders(otlp.to()::headers)
            .setConnectTimeout(CONNECT)
            .setTimeout(ANSWER)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop())
            .setExecutorService(executor)
            .build());
  }

  private static String base(Publish.Otlp otlp) {
    return otlp.to().url().toString().replaceFirst("/+$", "");
  }

  private static Resource resource(RunFacts facts) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("service.name", "candor")
            .put("service.version", facts.version())
            .put("service.instance.id", facts.run())
            .put("candor.scenario", facts.scenario().name());
    facts.scenario().publish().labels().forEach(attributes::put);
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }

  /** An attempt that has ended. */
  public void add(AttemptRecord attempt, PhaseName phase) {
    metrics.add(attempt, phase);
    spans.add(attempt, phase);
  }

  /** A second that is over. */
  public void add(HealthWindow window) {
    metrics.add(window);
  }

  @Override
  public String name() {
    return "OTLP to " + base;
  }

  /** Sends metrics and spans; the figures are others. */
  @Override
  public void send(Figures figures) throws IOException {
    check(metricExporter.export(reader.read()));
    List<SpanData> next = outbox.take(SPANS_A_REQUEST);
    while (!next.isEmpty()) {
      check(spanExporter.export(next));
      next = outbox.take(SPANS_A_REQUEST);
    }
  }

  /** Spans that were dropped, as too many waited. */
  public long dropped() {
    return outbox.dropped();
  }

  private static void check(CompletableResultCode sending) throws IOException {
    CompletableResultCode result = sending.join(ANSWER.toMillis() * 2, TimeUnit.MILLISECONDS);
    if (!result.isSuccess()) {
      @Nullable Throwable why = result.getFailureThrowable();
      throw new IOException(Troubles.text(why), why);
    }
  }
}
