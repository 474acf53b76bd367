package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A corpus, imported and run. */
final class CorpusWorkloadTest {
  private static final Path TRACES = Path.of("../examples/traces").toAbsolutePath().normalize();
  private static final long MS = 1_000_000;

  @TempDir Path temp;
  private int runs;

  private Path imported(String source) {
    Path corpus = temp.resolve("corpus.parquet");
    Invocation done =
        Invocation.of("corpus", "import", source, "--out", corpus.toString(), "--quiet");
    assertThat(done.exitCode()).as(done.error()).isEqualTo(ExitCode.OK);
    return corpus;
  }

  private Path scenario(String mock, String salt, String corpus, String steps) throws IOException {
    return Files.writeString(
        temp.resolve("like-production.yaml"),
        """
        target: {mock: {%s}, client: {loops: 2}}
        workload: {salt: %s, corpus: {file: corpus.parquet%s}}
        load: [%s]
        """
            .formatted(mock, salt, corpus, steps));
  }

  private List<AttemptRecord> attempts(Path scenario) throws IOException {
    Path out = temp.resolve("run" + runs++);
    Invocation run = Invocation.of("run", scenario.toString(), "--out", out.toString());
    assertThat(run.carriedOut()).as(run.output() + run.error()).isTrue();
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(attempts::add);
    }
    return attempts;
  }

  @Test
  void azure_lengthsAreTheTraces() throws IOException {
    imported(TRACES.resolve("azure_conv_300.csv").toString());
    List<String> rows = Files.readAllLines(TRACES.resolve("azure_conv_300.csv"));
    List<AttemptRecord> attempts =
        attempts(scenario("ttft: 20ms, itl: 1ms", "run", "", "{users: 3, for: 1s}"));
    assertThat(attempts).hasSizeGreaterThan(5);
    for (AttemptRecord each : attempts) {
      String[] fields = rows.get(1 + (int) each.session()).split(",");
      assertThat(each.inputTokensAsked()).isEqualTo(Integer.parseInt(fields[1]));
      assertThat(each.maxTokens()).isEqualTo(Integer.parseInt(fields[2]));
      assertThat(each.requestClass()).isEqualTo("azure");
    }
  }

  @Test
  void mooncake_isReplayedAtItsInstants_andItsBlocksAreFound() throws IOException {
    imported(TRACES.resolve("mooncake_conversation_200.jsonl").toString());
    List<String> rows = Files.readAllLines(TRACES.resolve("mooncake_conversation_200.jsonl"));
    Path file = scenario("ttft: 5ms, itl: 1ms", "run", ", limit: 30", "{replay: {speed: 10x}}");
    List<AttemptRecord> attempts = attempts(file);
    assertThat(attempts).hasSize(30);
    long begin = attempts.stream().mapToLong(AttemptRecord::intended).min().orElseThrow();
    for (AttemptRecord each : attempts) {
      JsonNode row = JsonMapper.shared().readTree(rows.get((int) each.session()));
      assertThat(each.intended() - begin)
          .isEqualTo(Math.round(row.path("timestamp").asLong() * MS / 10.0));
      assertThat(each.inputTokensAsked()).isEqualTo(row.path("input_length").asInt());
      assertThat(each.sharedTokens() > 400).isEqualTo(each.session() > 0);
    }
    assertThat(Files.readString(temp.resolve("run0/scenario.yaml"))).contains("answers: recorded");
  }

  @Test
  void conversations_carryTheRealAnswersOn() throws IOException {
    StringBuilder log = new StringBuilder();
    for (String who : new String[] {"Ann", "Bob"}) {
      String said = "{\"role\":\"user\",\"content\":\"%s says hello there\"}".formatted(who);
      for (int turn = 0; turn < 3; turn++) {
        log.append(
            "{\"session_id\":\"%s\",\"messages\":[%s],\"max_tokens\":5}%n".formatted(who, said));
        said +=
            ",{\"role\":\"assistant\",\"content\":\"recorded\"},{\"role\":\"user\",\"content\":\"and %s asks again\"}"
                .formatted(who);
      }
    }
    imported(Files.writeString(temp.resolve("log.jsonl"), log).toString());
    String mock = "ttft: 5ms, itl: 1ms, text: echo, output_tokens: 50";
    List<AttemptRecord> real =
        attempts(scenario(mock, "false", ", answers: real", "{users: 2, for: 1s}"));
    List<AttemptRecord> recorded = attempts(scenario(mock, "false", "", "{users: 2, for: 1s}"));
    for (List<AttemptRecord> each : List.of(real, recorded)) {
      assertThat(each).extracting(AttemptRecord::turn).contains(0, 1, 2).doesNotContain(3);
    }
    // Without salts, which are of any length and echoed. Answers of 50 tokens in place of one,
    // twice.
    assertThat(asked(real, 2) - asked(recorded, 2)).isBetween(2 * 40L, 2 * 60L);
    // The nonces of two runs differ by a token or two.
    assertThat(asked(real, 0)).isCloseTo(asked(recorded, 0), within(8L));
  }

  private static long asked(List<AttemptRecord> attempts, int turn) {
    return attempts.stream()
        .filter(each -> each.turn() == turn && each.session() < 2)
        .mapToLong(AttemptRecord::inputTokensAsked)
        .min()
        .orElseThrow();
  }

  @Test
  void corpusThatIsNone_isAMistake() throws IOException {
    Files.writeString(temp.resolve("corpus.parquet"), "no");
    Invocation run =
        Invocation.of("run", scenario("ttft: 1ms", "run", "", "{users: 1, for: 1s}").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.error()).contains("corpus.parquet: is no corpus").doesNotContain("\tat ");
  }
}
