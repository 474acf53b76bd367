package dev.candor.telemetry.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.Outcome;
import dev.candor.telemetry.TestRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedFiguresTest {
  @TempDir Path temp;

  private PublishedFigures figures;

  @BeforeEach
  void open() {
    figures =
        new PublishedFigures(
            TestRun.facts(temp, ""), phase -> new PhaseName("phase-" + phase, phase == 0));
  }

  private List<Sample> samples(String name) {
    return figures.snapshot(Instant.EPOCH).families().stream()
        .filter(family -> family.name().equals(name))
        .flatMap(family -> family.samples().stream())
        .toList();
  }

  private double value(String name, Map<String, String> labels) {
    return samples(name).stream()
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(
            sample ->
                switch (sample) {
                  case Sample.Plain plain -> plain.value();
                  case Sample.Buckets buckets -> buckets.count();
                })
        .sum();
  }

  @Test
  void retriedAttempts_areNoRequests_andFailedOnesHaveNoLatency() {
    figures.add(TestRun.attempt(1, 1, Outcome.RATE_LIMITED, 0, true));
    figures.add(TestRun.attempt(1, 2, Outcome.COMPLETED, 5, false));
    figures.add(TestRun.attempt(2, 1, Outcome.DISCONNECTED, 3, false));

    assertThat(value("candor_attempts_total", Map.of())).isEqualTo(3);
    assertThat(value("candor_requests_total", Map.of())).isEqualTo(2);
    assertThat(value("candor_requests_total", Map.of("outcome", "rate_limited"))).isZero();
    assertThat(value("candor_requests_total", Map.of("outcome", "disconnected"))).isEqualTo(1);
    assertThat(value("candor_ttft_seconds", Map.of())).isEqualTo(1);
    assertThat(value("candor_itl_seconds", Map.of())).isEqualTo(4);
    assertThat(value("candor_good_requests_total", Map.of())).isEqualTo(1);
    assertThat(value("candor_output_tokens_total", Map.of())).isEqualTo(8);
  }

  @Test
  void buckets_takeTheirBounds() {
    // TTFT is 40 ms.
    figures.add(TestRun.completed(1, 2));
    Sample.Buckets ttft = (Sample.Buckets) samples("candor_ttft_seconds").getFirst();
    int bucket = 0;
    while (ttft.counts()[bucket] == 0) {
      bucket++;
    }
    assertThat(ttft.boundsSeconds()[bucket]).isEqualTo(0.05);
    assertThat(ttft.boundsSeconds()[bucket - 1]).isEqualTo(0.03);
    assertThat(ttft.sumSeconds()).isEqualTo(0.04);
    assertThat(ttft.boundsSeconds()).startsWith(0.001, 0.0015, 0.002).endsWith(70, 100);

    LatencyHistogram histogram = new LatencyHistogram(LatencyHistogram.ITL);
    histogram.add(1_500_000, 2);
    histogram.add(1_500_001, 3);
    histogram.add(-1, 1);
    histogram.add(11_000_000_000L, 5);
    long[] counts = histogram.sample(Map.of()).counts();
    assertThat(counts).startsWith(1, 2, 3).endsWith(0, 5);
  }

  @Test
  void classesBeyondTheBound_areOne() {
    for (int i = 0; i < PublishedFigures.MOST_CLASSES + 5; i++) {
      figures.add(TestRun.ofClass("class-" + i));
      figures.add(TestRun.ofClass("class-" + i));
    }
    assertThat(samples("candor_good_requests_total")).hasSize(PublishedFigures.MOST_CLASSES + 1);
    assertThat(value("candor_attempts_total", Map.of("class", "class-3"))).isEqualTo(2);
    assertThat(value("candor_attempts_total", Map.of("class", PublishedFigures.OTHER_CLASSES)))
        .isEqualTo(10);
  }

  @Test
  void seconds_areAddedUp_andTheLastIsShown() {
    assertThat(samples("candor_users")).isEmpty();
    figures.add(TestRun.second(0), true);
    figures.add(TestRun.second(1), false);
    figures.dropped(4);
    assertThat(value("candor_token_events_total", Map.of())).isEqualTo(200);
    assertThat(value("candor_client_limited_seconds_total", Map.of())).isEqualTo(1);
    assertThat(value("candor_in_flight_requests", Map.of())).isEqualTo(2.5);
    assertThat(value("candor_publish_dropped_total", Map.of("run", "run-7"))).isEqualTo(4);
    assertThat(value("candor_run_finished", Map.of())).isZero();
    figures.finished();
    assertThat(value("candor_run_finished", Map.of())).isEqualTo(1);
  }
}
