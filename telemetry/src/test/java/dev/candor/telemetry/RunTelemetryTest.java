package dev.candor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.Clock;
import dev.candor.record.Outcome;
import dev.candor.telemetry.figures.PhaseName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over sockets: all ways at once, to receivers that answer and to some that do not. */
final class RunTelemetryTest {
  @TempDir Path temp;

  private List<String> publish(String publish) throws InterruptedException {
    try (RunTelemetry telemetry =
        RunTelemetry.open(
            TestRun.facts(temp, publish),
            Clock.system(),
            phase -> new PhaseName("steady", false),
            () -> {})) {
      telemetry.begin(Instant.parse("2026-01-01T00:00:00Z"));
      for (int i = 0; i < 100; i++) {
        telemetry.attempt(TestRun.completed(i, 5));
      }
      telemetry.attempt(TestRun.attempt(100, 1, Outcome.RATE_LIMITED, 0, true));
      telemetry.second(TestRun.second(0), true);
      return telemetry.end(true);
    }
  }

  @Test
  void end_sendsTheLastFiguresToAll_withTheirHeaders() throws Exception {
    try (Receiver receiver = new Receiver()) {
      List<String> notes =
          publish(
              """
              publish:
                remote_write: {url: "%1$s/api/v1/write", headers: {X-Scope: "${T}"}, every: 10m}
                otlp: {url: "%1$s/", headers: {Authorization: "Bearer ${T}"}, every: 10m, spans: 1}
                influx: {url: "%1$s/api/v2/write?bucket=b", headers: {Authorization: "Token ${T}"}, every: 10m}
              """
                  .formatted(receiver.url()));
      assertThat(notes).isEmpty();
      assertThat(receiver.requests().stream().map(Receiver.Request::path))
          .containsExactlyInAnyOrder(
              "/api/v1/write", "/v1/metrics", "/v1/traces", "/api/v2/write?bucket=b");
      for (Receiver.Request request : receiver.requests()) {
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        switch (request.path()) {
          case "/api/v1/write" -> {
            assertThat(request.headers().getFirst("X-Scope")).isEqualTo("s3cret");
            assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo("snappy");
            assertThat(body).contains("candor_ttft_seconds_bucket");
          }
          case "/v1/metrics" -> {
            assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer s3cret");
            assertThat(request.headers().getFirst("Content-Type"))
                .isEqualTo("application/x-protobuf");
            assertThat(body).contains("gen_ai.client.token.usage", "run-7");
          }
          case "/v1/traces" -> assertThat(body).contains("gen_ai.provider.name", "chat small");
          default -> {
            assertThat(request.headers().getFirst("Authorization")).isEqualTo("Token s3cret");
            assertThat(body)
                .contains(
                    "candor_requests_total,class=chat,outcome=completed,phase=steady,run=run-7,warmup=false value=100.0 ");
          }
        }
      }
    }
  }

  @Test
  void end_whereNobodyAnswersWell_isQuick_andInTheNotes() throws Exception {
    try (Receiver receiver = new Receiver()) {
      receiver.answer(500);
      List<String> notes =
          publish(
              """
              publish:
                remote_write: {url: "%1$s/api/v1/write?token=hidden", every: 10m}
                otlp: {url: "http://127.0.0.1:1", every: 10m}
                influx: {file: "%2$s/no/such/folder.lp"}
              """
                  .formatted(receiver.url(), temp));
      assertThat(notes).hasSize(3);
      assertThat(notes)
          .anyMatch(
              note -> note.contains("/api/v1/write: 3 of 3 times") && note.contains("HTTP 500"))
          .anyMatch(note -> note.contains("OTLP to http://127.0.0.1:1: 3 of 3 times"))
          .anyMatch(note -> note.contains("folder.lp: 3 of 3 times"))
          .noneMatch(note -> note.contains("hidden"));
    }
  }

  @Test
  void influxFile_isAppendedTo() throws Exception {
    Path file = Files.writeString(temp.resolve("figures.lp"), "earlier\n");
    assertThat(publish("publish: {influx: {file: figures.lp}}\n")).isEmpty();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst()).isEqualTo("earlier");
    assertThat(lines).anyMatch(line -> line.startsWith("candor_itl_seconds,"));
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches("candor_client_limited_seconds_total,run=run-7 value=1.0 \\d{19}"));
  }
}
