package dev.candor.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.candor.record.Outcome;
import dev.candor.scenario.Publish;
import dev.candor.telemetry.TestRun;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.PhaseName;
import dev.candor.telemetry.figures.RunFacts;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtlpPushTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");
  private static final long START_NANOS = START.getEpochSecond() * 1_000_000_000 + 123_456_789;
  private static final PhaseName PHASE = new PhaseName("steady", false);
  private static final Figures NO_FIGURES = new Figures(START, List.of());

  @TempDir Path temp;

  private final InMemoryMetricExporter metrics = InMemoryMetricExporter.create();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();

  private OtlpPush push(String share) {
    RunFacts facts =
        TestRun.facts(
            temp, "publish: {otlp: {url: \"http://127.0.0.1:1\", spans: %s}}\n".formatted(share));
    Publish.Otlp otlp = Objects.requireNonNull(facts.scenario().publish().otlp());
    return new OtlpPush(facts, otlp, START, metrics, spans);
  }

  @Test
  void spans_haveTheRecordsInstants_andTheConventionsAttributes() throws Exception {
    OtlpPush push = push("1");
    push.add(TestRun.completed(3, 10), PHASE);
    push.send(NO_FIGURES);

    SpanData span = spans.getFinishedSpanItems().getFirst();
    long sent = START_NANOS + 3_001_000_000L;
    assertThat(span.getName()).isEqualTo("chat small");
    assertThat(span.getStartEpochNanos()).isEqualTo(START_NANOS + 3_000_000_000L);
    assertThat(span.getEndEpochNanos()).isEqualTo(sent + 77_000_000);
    assertThat(
            span.getEvents().stream()
                .collect(Collectors.toMap(EventData::getName, EventData::getEpochNanos)))
        .containsOnly(
            Map.entry("candor.sent", sent),
            Map.entry("candor.headers", sent + 5_000_000),
            Map.entry("candor.first_token", sent + 40_000_000),
            Map.entry("candor.last_token", sent + 76_000_000));
    Map<String, Object> attributes =
        span.getAttributes().asMap().entrySet().stream()
            .collect(Collectors.toMap(each -> each.getKey().getKey(), Map.Entry::getValue));
    assertThat(attributes)
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.request.model", "small")
        .containsEntry("gen_ai.request.max_tokens", 64L)
        .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
        .containsEntry("gen_ai.response.time_to_first_chunk", 0.04)
        .containsEntry("gen_ai.usage.input_tokens", 21L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 5L)
        .containsEntry("gen_ai.usage.output_tokens", 10L)
        .containsEntry("gen_ai.conversation.id", "run-7-3")
        .containsEntry("server.address", "llm.test")
        .containsEntry("server.port", 8080L)
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("candor.phase", "steady")
        .doesNotContainKey("error.type");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getResource().getAttribute(AttributeKey.stringKey("service.instance.id")))
        .isEqualTo("run-7");
  }

  @Test
  void spans_ofOneRequestsAttempts_areOfOneTrace() throws Exception {
    OtlpPush push = push("100%");
    push.add(TestRun.attempt(3, 1, Outcome.RATE_LIMITED, 0, true), PHASE);
    push.add(TestRun.attempt(3, 2, Outcome.COMPLETED, 4, false), PHASE);
    push.add(TestRun.completed(4, 4), PHASE);
    push.send(NO_FIGURES);

    List<SpanData> all = spans.getFinishedSpanItems();
    assertThat(all.get(0).getTraceId())
        .isEqualTo(all.get(1).getTraceId())
        .isNotEqualTo(all.get(2).getTraceId());
    assertThat(all.stream().map(SpanData::getSpanId)).doesNotHaveDuplicates();
    assertThat(all.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(all.get(0).getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("rate_limited");
    assertThat(all.stream().map(SpanData::getParentSpanId)).allMatch(id -> id.matches("0+"));
  }

  @Test
  void spans_areOfAShareOfTheRequests_andBounded() throws Exception {
    OtlpPush push = push("5%");
    for (int i = 0; i < 20_000; i++) {
      push.add(TestRun.completed(i, 1), PHASE);
    }
    push.send(NO_FIGURES);
    // 1,000 expected, standard deviation 31.
    assertThat(spans.getFinishedSpanItems().size()).isBetween(850, 1150);
    assertThat(push.dropped()).isZero();

    OtlpPush all = push("1");
    for (int i = 0; i < SpanOutbox.MOST + 7; i++) {
      all.add(TestRun.completed(i, 1), PHASE);
    }
    assertThat(all.dropped()).isEqualTo(7);
  }

  @Test
  void metrics_areTheConventions() throws Exception {
    OtlpPush push = push("0");
    for (int i = 0; i < 10; i++) {
      push.add(TestRun.completed(i, 5), PHASE);
    }
    push.add(TestRun.attempt(11, 1, Outcome.RATE_LIMITED, 0, false), PHASE);
    push.add(TestRun.second(4));
    push.send(NO_FIGURES);

    assertThat(spans.getFinishedSpanItems()).isEmpty();
    Map<String, MetricData> byName =
        metrics.getFinishedMetricItems().stream()
            .collect(Collectors.toMap(MetricData::getName, Function.identity()));
    assertThat(byName.keySet())
        .containsExactlyInAnyOrder(
            "gen_ai.client.operation.duration",
            "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.client.operation.time_per_output_chunk",
            "gen_ai.client.token.usage",
            "candor.users",
            "candor.in_flight");
    assertThat(counts(byName, "gen_ai.client.operation.duration", "error.type"))
        .isEqualTo(Map.of("", 10L, "rate_limited", 1L));
    assertThat(counts(byName, "gen_ai.client.operation.time_to_first_chunk", "error.type"))
        .isEqualTo(Map.of("", 10L));
    assertThat(counts(byName, "gen_ai.client.operation.time_per_output_chunk", "error.type"))
        .isEqualTo(Map.of("", 40L));
    assertThat(counts(byName, "gen_ai.client.token.usage", "gen_ai.token.type"))
        .isEqualTo(Map.of("input", 10L, "output", 10L));
    MetricData chunks =
        Objects.requireNonNull(byName.get("gen_ai.client.operation.time_to_first_chunk"));
    assertThat(chunks.getUnit()).isEqualTo("s");
    assertThat(chunks.getHistogramData().getPoints().iterator().next().getSum())
        .isEqualTo(0.4, offset(1e-9));
  }

  private static Map<String, Long> counts(
      Map<String, MetricData> metrics, String name, String attribute) {
    return Objects.requireNonNull(metrics.get(name)).getHistogramData().getPoints().stream()
        .collect(
            Collectors.toMap(
                point ->
                    Objects.requireNonNullElse(
                        point.getAttributes().get(AttributeKey.stringKey(attribute)), ""),
                point -> point.getCount(),
                Long::sum));
  }
}
