package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.candor.app.cli.ExitCode;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunReader;
import dev.candor.record.TokenSource;
import dev.candor.scenario.MockSettings;
import dev.candor.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms that answers take, from the mock over sockets to summary.json. */
final class WireTest {
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(20e6), new Distribution.Constant(2e6));

  @TempDir Path temp;
  private final List<AttemptRecord> attempts = new ArrayList<>();

  /** Runs {@code yaml}, collects the attempts, returns the summary. */
  private JsonNode run(String yaml) throws IOException {
    Path scenario = Files.writeString(temp.resolve("wire.yaml"), yaml);
    Path out = temp.resolve("run");
    Invocation run = Invocation.of("run", scenario.toString(), "--out", out.toString(), "--json");
    assertThat(run.exitCode()).as(run.error()).isIn(ExitCode.OK, ExitCode.CLIENT_LIMITED);
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(attempts::add);
    }
    JsonNode summary = JsonMapper.shared().readTree(run.output());
    JsonNode requests = summary.path("overall").path("requests");
    assertThat(requests.path("completed").asInt())
        .isPositive()
        .isEqualTo(requests.path("intended").asInt());
    return summary;
  }

  @Test
  void whole_answersHaveTokensAndE2e_butNoTtft() throws IOException {
    JsonNode summary =
        run(
            """
            target: {stream: false, mock: {ttft: 30ms, itl: 1ms, output_tokens: "uniform(5, 9)"}}
            workload: {mix: [{name: chat, input: 20, output: 20}]}
            load: [{users: 4, for: 1s}]
            slo: {ttft: 1ms, e2e: 5s}
            """);
    JsonNode all = summary.path("overall");
    assertThat(all.path("latency").path("ttft").path("count").asInt()).isZero();
    assertThat(all.path("latency").path("tpot").path("count").asInt()).isZero();
    // 34 ms at least, but for a client that was held up between sending and reading its clock.
    assertThat(all.path("latency").path("e2e").path("min").asDouble()).isGreaterThan(20);
    assertThat(all.path("goodput").path("ratio").asDouble()).isEqualTo(1.0);
    assertThat(all.path("tokens").path("source").asString()).isEqualTo("usage");
    assertThat(attempts).allMatch(a -> a.outputTokens() >= 5 && a.outputTokens() <= 9);
    assertThat(attempts).allMatch(a -> Arrays.stream(a.eventTokens()).sum() == a.outputTokens());
    assertThat(summary.path("notes").toString()).contains("not streamed");
  }

  @Test
  void reasoning_movesTheFirstAnswerToken_notTheFirstToken() throws IOException {
    JsonNode summary =
        run(
            """
            target: {mock: {ttft: 20ms, itl: 4ms, reasoning_tokens: 10}}
            workload: {mix: [{name: chat, input: 20, output: 30}]}
            load: [{users: 4, for: 1s}]
            """);
    JsonNode latency = summary.path("overall").path("latency");
    double ttft = latency.path("ttft").path("p50").asDouble();
    double ttfat = latency.path("ttfat").path("p50").asDouble();
    // Ten tokens of reasoning, 4 ms each.
    assertThat(ttfat - ttft).isBetween(30.0, 120.0);
    assertThat(attempts).allMatch(a -> a.reasoningTokens() == 10 && a.outputTokens() == 30);
  }

  @Test
  void severalTokensAChunk_areCountedEach() throws IOException {
    JsonNode summary =
        run(
            """
            target: {mock: {ttft: 20ms, itl: 2ms, tokens_per_chunk: 5}}
            workload: {mix: [{name: chat, input: 20, output: 50}]}
            load: [{users: 4, for: 1s}]
            """);
    assertThat(attempts)
        .allSatisfy(
            a -> {
              assertThat(a.eventTokens()).hasSize(10);
              assertThat(Arrays.stream(a.eventTokens()).sum()).isEqualTo(50);
            });
    JsonNode latency = summary.path("overall").path("latency");
    // Fives of 2 ms: a chunk every 10 ms, a token every 2.
    double icl = latency.path("icl").path("p50").asDouble();
    assertThat(icl).isBetween(5.0, 30.0);
    assertThat(latency.path("itl").path("p50").asDouble()).isCloseTo(icl / 5, within(icl / 500));
  }

  @Test
  void longPromptsAndAnswers_areWhole_andHoldUpNoOther() throws IOException {
    run(
        """
        target: {mock: {ttft: 20ms, itl: 50us}}
        workload:
          mix:
            - {name: long, share: 1, input: 100000, output: 32000}
            - {name: short, share: 60, input: 20, output: 20}
        load: [{users: 8, for: 4s}]
        """);
    List<AttemptRecord> longs = of("long");
    List<AttemptRecord> shorts = of("short");
    assertThat(longs)
        .isNotEmpty()
        .allSatisfy(
            a -> {
              assertThat(a.inputTokens()).isCloseTo(100_000, withinPercentage(1));
              assertThat(a.outputTokens()).isEqualTo(32_000);
              assertThat(a.eventNanos()).hasSize(32_000).isSorted();
              // Others came and went while it lasted, but for those that the run's end outlasted.
              assertThat(shorts)
                  .anyMatch(
                      s -> a.end() > 4_000_000_000L || (s.sent() > a.sent() && s.end() < a.end()));
            });
  }

  private List<AttemptRecord> of(String requestClass) {
    return attempts.stream().filter(a -> a.requestClass().equals(requestClass)).toList();
  }

  @Test
  void withoutUsage_ourTokenizerCounts() throws IOException {
    run(
        """
        target: {usage: false, mock: {ttft: 20ms, itl: 1ms}}
        workload: {mix: [{name: chat, input: 20, output: 12}]}
        load: [{users: 2, for: 1s}]
        """);
    // The mock's words are one token each, but for the tokenizer's view of a few.
    assertThat(attempts)
        .allMatch(a -> a.tokenSource() == TokenSource.TOKENIZER)
        .allMatch(a -> a.outputTokens() >= 12 && a.outputTokens() <= 16)
        .allMatch(a -> a.inputTokens() == AttemptRecord.NONE);
  }

  @Test
  void calibrate_promptsArriveAtTheLengthAskedFor() throws IOException {
    MockOptions template =
        MockOptions.of(FAST, 1)
            // A chat template of 7 tokens around prompts that are counted as we count them.
            .withTokenizer(
                text ->
                    IntStream.concat(
                            IntStream.range(0, 7),
                            Arrays.stream(Tokenizers.open("o200k_base").encode(text)))
                        .toArray());
    try (MockServer mock = MockServer.start(template)) {
      JsonNode summary =
          run(
              """
              target: {url: "%s"}
              workload: {calibrate: true, mix: [{name: chat, input: 60, output: 5}]}
              load: [{users: 2, for: 1s}]
              """
                  .formatted(mock.baseUrl()));
      assertThat(attempts).allMatch(a -> a.inputTokens() == 60 && a.inputTokensAsked() == 60);
      assertThat(summary.path("notes").toString()).contains("counted 7 prompt tokens beyond ours");
      assertThat(summary.path("notes").toString()).doesNotContain("workload.calibrate corrects");
    }
  }
}
