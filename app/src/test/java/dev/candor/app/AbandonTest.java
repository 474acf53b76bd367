package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users who give answers up, from the scenario to the figures, and to what the server saw. */
final class AbandonTest {
  private static final long MS = 1_000_000;

  @TempDir Path temp;

  private Path run(String name) throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve(name + ".yaml"),
            """
            seed: 3
            target:
              mock: {ttft: 1s, itl: 20ms, output_tokens: 100, truth: '%s'}
            workload:
              mix: [{name: chat, input: 30, output: 100}]
              abandon:
                - {share: 30%%, after: 100ms}
                - {share: 30%%, tokens: 5}
            load: [{users: 30, for: 3s}]
            prices: {currency: USD, input: 1, cached_input: 1, output: 1}
            """
                .formatted(temp.resolve(name + ".jsonl")));
    Path out = temp.resolve(name);
    Invocation run = Invocation.of("run", scenario.toString(), "--out", out.toString(), "--quiet");
    assertThat(out.resolve("run.json")).as(run.error()).exists();
    return out;
  }

  private static List<AttemptRecord> attempts(Path out) {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(attempts::add);
    }
    return attempts;
  }

  @Test
  void abandoned_isItsOwnOutcome_andTheServerNoticesIt() throws IOException {
    Path out = run("first");
    List<AttemptRecord> attempts = attempts(out);
    List<AttemptRecord> left =
        attempts.stream().filter(a -> a.outcome() == Outcome.ABANDONED).toList();
    List<AttemptRecord> inVain =
        left.stream().filter(a -> a.first() == AttemptRecord.NONE).toList();
    List<AttemptRecord> sated = left.stream().filter(a -> a.first() != AttemptRecord.NONE).toList();
    assertThat(inVain)
        .hasSizeGreaterThan(5)
        .allSatisfy(a -> assertThat(a.end() - a.intended()).isGreaterThanOrEqualTo(100 * MS));
    assertThat(sated)
        .hasSizeGreaterThan(5)
        .allSatisfy(a -> assertThat(a.eventNanos()).hasSizeGreaterThanOrEqualTo(5));
    assertThat(attempts).noneMatch(a -> a.outcome().failed());

    Map<Long, Boolean> complete = new HashMap<>();
    for (String line : Files.readAllLines(temp.resolve("first.jsonl"))) {
      JsonNode truth = JsonMapper.shared().readTree(line);
      complete.put(truth.path("request").asLong(), truth.path("complete").asBoolean());
    }
    for (AttemptRecord each : attempts) {
      if (each.outcome() == Outcome.ABANDONED || each.outcome() == Outcome.COMPLETED) {
        // One that was left while it connected is not known to the mock.
        assertThat(complete.getOrDefault(each.request(), false))
            .as("request %d, %s", each.request(), each.outcome())
            .isEqualTo(each.outcome() == Outcome.COMPLETED);
      }
    }

    JsonNode overall =
        JsonMapper.shared().readTree(out.resolve("summary.json").toFile()).path("overall");
    JsonNode requests = overall.path("requests");
    assertThat(requests.path("abandoned").asInt()).isEqualTo(left.size());
    assertThat(requests.path("failed").asInt()).isZero();
    assertThat(requests.path("unfinished").asInt()).isZero();
    assertThat(overall.path("goodput").path("ratio").asDouble())
        .isEqualTo(requests.path("completed").asDouble() / attempts.size());
    assertThat(overall.path("tokens").path("wasted_output").asLong())
        .isEqualTo(left.stream().mapToLong(AttemptRecord::outputTokens).sum())
        .isGreaterThanOrEqualTo(5L * sated.size());
    assertThat(overall.path("tokens").path("wasted_input").asLong()).isPositive();
    assertThat(overall.path("cost").path("wasted").asDouble()).isPositive();
  }

  @Test
  void sameSeed_theSameRequestsAreAbandoned() throws IOException {
    List<AttemptRecord> one = attempts(run("one"));
    List<AttemptRecord> other = attempts(run("other"));
    Map<Long, Outcome> outcomes = new HashMap<>();
    one.forEach(a -> outcomes.put(a.request(), a.outcome()));
    long both =
        other.stream()
            .filter(a -> outcomes.containsKey(a.request()))
            .peek(
                a ->
                    assertThat(a.outcome())
                        .as("request %d", a.request())
                        .isEqualTo(outcomes.get(a.request())))
            .count();
    assertThat(both).isGreaterThan(30);
  }
}
