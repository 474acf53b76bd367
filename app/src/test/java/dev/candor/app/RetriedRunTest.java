package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.GivenUp;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over sockets: half of all attempts are refused, and told when to come again. */
final class RetriedRunTest {
  private static final String SCENARIO =
      """
      target: {mock: {ttft: 5ms, itl: 1ms, faults: [{fault: error, status: 429, retry_after: 150ms, share: 50%}]}}
      workload: {mix: [{name: chat, input: 10, output: 5}]}
      load: [{rate: 15/s, for: 3s}]
      retries: {policy: openai, max_attempts: 3}
      """;

  @TempDir Path temp;

  private Path run() {
    return temp.resolve("run");
  }

  private Map<Long, List<AttemptRecord>> requests() {
    List<AttemptRecord> all = new ArrayList<>();
    try (RunReader reader = RunReader.open(run())) {
      reader.forEachAttempt(all::add);
    }
    return all.stream()
        .sorted(Comparator.comparingInt(AttemptRecord::attempt))
        .collect(Collectors.groupingBy(AttemptRecord::request, TreeMap::new, Collectors.toList()));
  }

  @Test
  void run_refusedAttempts_areTriedAgainAsTheServerAsks() throws IOException {
    Path scenario = Files.writeString(temp.resolve("s.yaml"), SCENARIO);

    Invocation done = Invocation.of("run", scenario.toString(), "--out", run().toString());

    Map<Long, List<AttemptRecord>> requests = requests();
    assertThat(requests.values()).anyMatch(each -> each.size() == 3);
    for (List<AttemptRecord> attempts : requests.values()) {
      AttemptRecord first = attempts.getFirst();
      for (int i = 0; i < attempts.size(); i++) {
        AttemptRecord each = attempts.get(i);
        assertThat(each.attempt()).isEqualTo(i + 1);
        assertThat(each.requested()).isEqualTo(first.intended());
        assertThat(each.session()).isEqualTo(first.session());
        assertThat(each.retried()).isEqualTo(i < attempts.size() - 1);
        if (i > 0) {
          // The mock writes 150 ms as retry-after-ms: 150, and retry-after: 1.
          assertThat(each.intended() - attempts.get(i - 1).end())
              .isBetween(149_000_000L, 900_000_000L);
        }
      }
      AttemptRecord last = attempts.getLast();
      assertThat(GivenUp.of(last))
          .isEqualTo(last.outcome() == Outcome.COMPLETED ? null : GivenUp.ATTEMPTS);
      assertThat(last.outcome() == Outcome.COMPLETED || attempts.size() == 3).isTrue();
    }
    JsonNode overall =
        JsonMapper.shared()
            .readTree(Files.readString(run().resolve("summary.json")))
            .get("overall");
    assertThat(overall.at("/requests/intended").asInt()).isEqualTo(requests.size());
    assertThat(overall.get("attempts").asInt())
        .isEqualTo(requests.values().stream().mapToInt(List::size).sum());
    assertThat(done.output() + done.error()).contains("requests tried again");
    assertThat(Files.readString(run().resolve("report.html")))
        .contains("requests tried again")
        .contains("id=\"attempts\"", ">Attempts over time</h3>", "id=\"tries\"");
  }
}
