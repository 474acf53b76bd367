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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Conversations of ten long messages: what their history costs on a cold cache and on a warm one.
 */
final class SessionTurnsTest {
  private static final int TURNS = 10;

  @TempDir Path temp;

  /** What TTFT does from turn to turn, in milliseconds. */
  private record Growth(double slope, double low, List<Double> medians) {
    double median(int turn) {
      return medians.get(turn - 1);
    }
  }

  private Growth run(String name, String cache) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve(name + ".yaml"),
            """
            target: {mock: {profile: h100-llama3-8b, engine: {max_model_len: 20000}}}
            workload:
              mix: [{name: talk, input: 1200, output: 4, turns: %d}]
              cache: {%s}
            load: [{name: hold, users: 1, for: 6s}]
            """
                .formatted(TURNS, cache));
    Path out = temp.resolve(name);
    Invocation run = Invocation.of("run", file.toString(), "--out", out.toString(), "--json");
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    JsonNode slope =
        JsonMapper.shared().readTree(run.output()).at("/phases/0/sessions/ttft_per_turn");
    Map<Integer, List<Double>> ttfts = new TreeMap<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(
          attempt -> {
            if (attempt.outcome() == Outcome.COMPLETED) {
              ttfts
                  .computeIfAbsent(attempt.turn() + 1, any -> new ArrayList<>())
                  .add(ttft(attempt));
            }
          });
    }
    assertThat(ttfts).hasSize(TURNS);
    List<Double> medians =
        ttfts.values().stream()
            .map(all -> all.stream().sorted().toList().get(all.size() / 2))
            .toList();
    System.out.printf("%s: %s, TTFT by turn %s%n", name, slope, medians);
    return new Growth(
        slope.path("ms").asDouble(Double.NaN), slope.at("/ci95/0").asDouble(Double.NaN), medians);
  }

  private static double ttft(AttemptRecord attempt) {
    return (attempt.first() - attempt.sent()) / 1e6;
  }

  @Test
  void ttft_growsByTurnOnAColdCache_andIsFlatOnAWarmOne() throws IOException {
    Growth cold = run("cold", "state: cold");
    Growth warm = run("warm", "state: cold, isolate: session");
    assertThat(cold.low()).isPositive();
    assertThat(cold.median(10)).isGreaterThan(2 * cold.median(2));
    assertThat(Math.abs(warm.slope())).isLessThan(cold.slope() / 5);
    assertThat(warm.median(10)).isLessThan(cold.median(10) / 2);
  }
}
