package dev.candor.telemetry.otlp;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.cost.Billing;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.Outcome;
import dev.candor.scenario.Scenario;
import dev.candor.telemetry.figures.PhaseName;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the conventions for generative AI, an operation an attempt, with the buckets that the
 * conventions name or finer ones. For one thread.
 */
final class GenAiMetrics {
  private static final List<Double> DURATIONS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final List<Double> CHUNKS =
      List.of(
          0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5,
          0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 30.0, 60.0);
  private static final List<Long> TOKENS =
      List.of(
          1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L,
          16777216L, 67108864L);

  private final Scenario scenario;
  private final DoubleHistogram duration;
  private final DoubleHistogram firstChunk;
  private final DoubleHistogram nextChunk;
  private final LongHistogram tokens;
  private final AtomicReference<@Nullable HealthWindow> latest = new AtomicReference<>();

  GenAiMetrics(Scenario scenario, Meter meter) {
    this.scenario = scenario;
    duration =
        meter
            .histogramBuilder(GenAi.DURATION)
            .setUnit("s")
            .setDescription("From the sending of a request to its end.")
            .setExplicitBucketBoundariesAdvice(DURATIONS)
            .build();
    firstChunk =
        meter
            .histogramBuilder(GenAi.FIRST_CHUNK)
            .setUnit("s")
            .setDescription("From the sending of a request to its first token.")
            .setExplicitBucketBoundariesAdvice(CHUNKS)
            .build();
    nextChunk =
        meter
            .histogramBuilder(GenAi.NEXT_CHUNK)
            .setUnit("s")
            .setDescription("Between events that carry tokens.")
            .setExplicitBucketBoundariesAdvice(CHUNKS)
            .build();
    tokens =
        meter
            .histogramBuilder(GenAi.TOKENS)
            .ofLongs()
            .setUnit("{token}")
            .setDescription("Input and output tokens of a request.")
            .setExplicitBucketBoundariesAdvice(TOKENS)
            .build();
    var _ =
        meter
            .gaugeBuilder("candor.users")
            .setUnit("{user}")
            .setDescription("Users at work.")
            .buildWithCallback(
                gauge -> {
                  HealthWindow window = latest.get();
                  if (window != null) {
                    gauge.record(window.users());
                  }
                });
    var _ =
        meter
            .gaugeBuilder("candor.in_flight")
            .setUnit("{request}")
            .setDescription("Attempts in flight, mean over the last second.")
            .buildWithCallback(
                gauge -> {
                  HealthWindow window = latest.get();
                  if (window != null) {
                    gauge.record(window.inFlight());
                  }
                });
  }

  void add(AttemptRecord a, PhaseName phase) {
    if (a.sent() == NONE) {
      return;
    }
    Attributes of =
        GenAi.of(scenario, a).toBuilder()
            .put(GenAi.PHASE, phase.name())
            .put(GenAi.WARMUP, phase.warmup())
            .put(GenAi.CLASS, a.requestClass())
            .build();
    boolean completed = a.outcome() == Outcome.COMPLETED;
    duration.record(
        (a.end() - a.sent()) / 1e9,
        completed ? of : of.toBuilder().put(GenAi.ERROR, a.outcome().key()).build());
    long input = Billing.inputTokens(a);
    if (input > 0) {
      tokens.record(input, of.toBuilder().put(GenAi.TOKEN_TYPE, "input").build());
    }
    if (a.outputTokens() > 0) {
      tokens.record(a.outputTokens(), of.toBuilder().put(GenAi.TOKEN_TYPE, "output").build());
    }
    if (completed && a.first() != NONE) {
      firstChunk.record((a.first() - a.sent()) / 1e9, of);
      long[] instants = a.eventNanos();
      for (int i = 1; i < instants.length; i++) {
        nextChunk.record((instants[i] - instants[i - 1]) / 1e9, of);
      }
    }
  }

  void add(HealthWindow window) {
    latest.set(window);
  }
}
