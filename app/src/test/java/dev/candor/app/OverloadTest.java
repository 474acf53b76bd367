package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twice the capacity over sockets: the figure from intent grows, the figure from sending does not.
 */
final class OverloadTest {
  @TempDir Path temp;

  @Test
  void open_twiceTheCapacity_onlyTheIntentTellsOfTheQueue() throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve("twice.yaml"),
            """
            target: {mock: {ttft: 200ms, itl: 10ms, output_tokens: 31, max_concurrency: 10}}
            workload: {mix: [{name: chat, input: 30, output: 31}]}
            load: [{rate: 40/s, arrivals: constant, max_in_flight: 10, for: 5s}]
            """);
    Path out = temp.resolve("run");
    Invocation.of("run", scenario.toString(), "--out", out.toString(), "--quiet");
    List<AttemptRecord> answers = new ArrayList<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(
          attempt -> {
            if (attempt.outcome() == Outcome.COMPLETED) {
              answers.add(attempt);
            }
          });
    }
    assertThat(answers).hasSizeGreaterThan(50);
    // 20 of 40 a second are served: of every second, half becomes waiting.
    double fromIntent = slope(answers, a -> a.first() - a.intended(), AttemptRecord::sent);
    double fromSending = slope(answers, a -> a.first() - a.sent(), AttemptRecord::sent);
    System.out.printf(
        "overload: ttft_intended grows by %.3f s a second, ttft by %.4f%n",
        fromIntent, fromSending);
    assertThat(fromIntent).isBetween(0.35, 0.65);
    assertThat(fromSending).isBetween(-0.12, 0.12);
  }

  /** Least squares, in seconds a second. */
  private static double slope(
      List<AttemptRecord> attempts,
      ToDoubleFunction<AttemptRecord> y,
      ToDoubleFunction<AttemptRecord> x) {
    double meanX = attempts.stream().mapToDouble(x).average().orElseThrow();
    double meanY = attempts.stream().mapToDouble(y).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (AttemptRecord each : attempts) {
      double dx = x.applyAsDouble(each) - meanX;
      covariance += dx * (y.applyAsDouble(each) - meanY);
      variance += dx * dx;
    }
    return covariance / variance;
  }
}
