package dev.candor.analysis.foreign;

import static dev.candor.analysis.foreign.Attempts.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One answer whose role, reasoning, text, finish reason and end come at instants of their own, in
 * the words of each tool, by hand. A clock that is started before there is a connection reads 0,
 * one that is started at the first byte 7 ms. 8 tokens, of which 5 are text.
 */
final class DefinitionsTest {
  private static Definition with(Definition definition, AttemptRecord... attempts) {
    for (AttemptRecord attempt : attempts) {
      definition.add(attempt);
    }
    return definition;
  }

  private static double mean(Definition definition, String key) {
    Figure figure = figure(definition, key);
    return Objects.requireNonNull(
        figure.isSingle()
            ? figure.value()
            : figure.stats().containsKey("avg")
                ? figure.stats().get("avg")
                : figure.stats().get("mean"));
  }

  private static Figure figure(Definition definition, String key) {
    return definition.figures().stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** Exact to the nanosecond: half a nanosecond of rounding in doubles is allowed. */
  private static void assertMean(Definition definition, String key, double expected, double ns) {
    assertThat(mean(definition, key)).as(key).isCloseTo(expected, within(ns));
  }

  @Test
  void vllm_countsEveryChunkWithAChoice() {
    Definition vllm = with(new VllmBench(), Attempts.everyPartDiffers(Outcome.COMPLETED));
    double ns = 0.5e-6;
    assertMean(vllm, "ttft_ms", 100, ns);
    assertMean(vllm, "e2el_ms", 205, ns);
    assertMean(vllm, "tpot_ms", 105 / 7.0, ns);
    // 10, 20, 30, 10, 30, 5
    assertMean(vllm, "itl_ms", 105 / 6.0, ns);
    assertThat(figure(vllm, "itl_ms").count()).isEqualTo(6);
    assertMean(vllm, "duration", 0.220, 1e-12);
    assertMean(vllm, "output_throughput", 8 / 0.220, 1e-9);
    assertMean(vllm, "total_token_throughput", (42 + 8) / 0.220, 1e-9);
  }

  @Test
  void guidellm_startsAtTheFirstByte_andItsTpotHasTheFirstTokenInIt() {
    Definition guide = with(new GuideLlm(), Attempts.everyPartDiffers(Outcome.COMPLETED));
    double ns = 0.5e-6;
    assertMean(guide, "time_to_first_token_ms", 103, ns);
    assertMean(guide, "time_to_first_output_token_ms", 153, ns);
    assertMean(guide, "inter_token_latency_ms", 90 / 7.0, ns);
    assertMean(guide, "time_per_output_token_ms", 193 / 8.0, ns);
    assertMean(guide, "request_latency", 0.213, 0.5e-9);
    assertMean(guide, "output_tokens_per_second", 8 / 0.213, 1e-9);
    assertMean(guide, "request_concurrency", 1, 1e-12);
  }

  @Test
  void aiperf_hasOneItlARequest_andLeavesOutWhatHasNoText() {
    Definition aiperf = with(new AiPerf(), Attempts.everyPartDiffers(Outcome.COMPLETED));
    double ns = 0.5e-6;
    assertMean(aiperf, "time_to_first_token", 110, ns);
    assertMean(aiperf, "time_to_second_token", 20, ns);
    assertMean(aiperf, "time_to_first_output_token", 160, ns);
    assertMean(aiperf, "request_latency", 200, ns);
    assertMean(aiperf, "inter_token_latency", 90 / 7.0, ns);
    assertThat(figure(aiperf, "inter_token_latency").count()).isEqualTo(1);
    assertMean(aiperf, "inter_chunk_latency", 90 / 4.0, ns);
    assertMean(aiperf, "output_token_throughput_per_user", 7 / 0.090, 1e-9);
    assertMean(aiperf, "e2e_output_token_throughput", 8 / 0.200, 1e-9);
    assertMean(aiperf, "output_sequence_length", 8, 0);
    assertMean(aiperf, "benchmark_duration", 0.200, 1e-12);
  }

  @Test
  void inferencePerf_seesTextAlone_andGivesAllTokensOfAChunkItsInstant() {
    Definition perf = with(new InferencePerf(), Attempts.everyPartDiffers(Outcome.COMPLETED));
    double ns = 0.5e-9;
    assertMean(perf, "time_to_first_token", 0.160, ns);
    assertMean(perf, "time_per_output_token", 0.040 / 4, ns);
    assertMean(perf, "normalized_time_per_output_token", 0.220 / 5, ns);
    assertMean(perf, "request_latency", 0.220, ns);
    // Text at 160, 170 (three tokens at once), 200: gaps 10, 0, 0, 30.
    Figure itl = figure(perf, "inter_token_latency");
    assertThat(itl.count()).isEqualTo(4);
    assertThat(itl.median()).isCloseTo(0.005, within(ns));
    assertThat(itl.stats().get("max")).isCloseTo(0.030, within(ns));
  }

  @Test
  void llmperf_hasTheFirstTokensWaitInItsInterTokenLatency() {
    Definition llm = with(new LlmPerf(), Attempts.everyPartDiffers(Outcome.COMPLETED));
    double ns = 0.5e-9;
    assertMean(llm, "ttft_s", 0.160, ns);
    assertMean(llm, "inter_token_latency_s", 0.200 / 5, ns);
    assertMean(llm, "end_to_end_latency_s", 0.220, ns);
    assertMean(llm, "request_output_throughput_token_per_s", 5 / 0.220, 1e-9);
    assertMean(llm, "num_completed_requests_per_min", 60 / 0.220, 1e-9);
  }

  @Test
  void weights_makeGuidellmsMeansRatiosOfTotals() {
    // 10 ms a token over 3 tokens, 40 ms a token over 1.
    AttemptRecord fast =
        Attempts.plain(
            Outcome.COMPLETED,
            0,
            40 * MS,
            new long[] {10 * MS, 20 * MS, 30 * MS},
            new int[] {1, 1, 1},
            new long[0]);
    AttemptRecord slow =
        Attempts.plain(
            Outcome.COMPLETED, 0, 50 * MS, new long[] {40 * MS}, new int[] {1}, new long[0]);
    Definition guide = with(new GuideLlm(), fast, slow);
    assertMean(guide, "time_per_output_token_ms", (30 + 40) / 4.0, 1e-9);
    Figure tpot = figure(guide, "time_per_output_token_ms");
    assertThat(tpot.median()).isEqualTo(10);
    assertThat(tpot.stats().get("p90")).isEqualTo(40);
    // The answer of one token has no ITL, and weighs nothing.
    assertThat(figure(guide, "inter_token_latency_ms").count()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, true, true, true, true, true",
    "WRONG_LENGTH, true, true, true, true, true",
    "TRUNCATED, true, true, true, true, true",
    "ERROR_FRAME, true, false, false, true, false",
    "DISCONNECTED, false, false, false, false, false",
    "MALFORMED, false, false, false, false, false"
  })
  void success_isEachToolsOwn(
      Outcome outcome,
      boolean vllm,
      boolean guidellm,
      boolean aiperf,
      boolean inferencePerf,
      boolean llmperf) {
    AttemptRecord attempt = Attempts.everyPartDiffers(outcome);
    assertThat(new VllmBench().add(attempt)).isEqualTo(vllm);
    assertThat(new GuideLlm().add(attempt)).isEqualTo(guidellm);
    assertThat(new AiPerf().add(attempt)).isEqualTo(aiperf);
    assertThat(new InferencePerf().add(attempt)).isEqualTo(inferencePerf);
    assertThat(new LlmPerf().add(attempt)).isEqualTo(llmperf);
  }

  @Test
  void emptyAnswer_isSuccessfulWhereATokenIsNotAskedFor() {
    AttemptRecord empty =
        Attempts.plain(
            Outcome.EMPTY_ANSWER, 0, 30 * MS, new long[0], new int[0], new long[] {20 * MS});
    Definition vllm = with(new VllmBench(), empty);
    assertMean(vllm, "ttft_ms", 20, 1e-9);
    Definition llm = with(new LlmPerf(), empty);
    assertMean(llm, "ttft_s", 0, 0);
    assertThat(new GuideLlm().add(empty)).isFalse();
    assertThat(new AiPerf().add(empty)).isFalse();
  }

  @Test
  void emptyAnswer_forWhichTheServerCountsItsEndToken_hasNoText() {
    AttemptRecord empty = Attempts.empty(30 * MS, new long[] {20 * MS});
    for (OtherTool tool : OtherTool.values()) {
      // None of them fails on it, whatever it makes of it.
      tool.definition().add(empty);
    }
    assertMean(with(new LlmPerf(), empty), "number_output_tokens", 0, 0);
    assertMean(with(new LlmPerf(), empty), "inter_token_latency_s", 0, 0);
    assertMean(with(new InferencePerf(), empty), "normalized_time_per_output_token", 0, 0);
  }

  @Test
  void wholeAnswer_hasALatency_andNoTokenTimes() {
    AttemptRecord streamed =
        Attempts.plain(
            Outcome.COMPLETED, 0, 30 * MS, new long[] {30 * MS}, new int[] {5}, new long[0]);
    AttemptRecord whole = withoutTokenInstants(streamed);
    for (OtherTool tool : OtherTool.values()) {
      Definition definition = tool.definition();
      assertThat(definition.add(whole)).isTrue();
      for (Figure figure : definition.figures()) {
        if (figure.concept() == Concept.TTFT || figure.concept() == Concept.ITL) {
          assertThat(figure.median()).as(tool + " " + figure.key()).isNull();
        } else if (figure.concept() == Concept.LATENCY) {
          assertThat(figure.count()).isEqualTo(1);
        }
      }
    }
  }

  private static AttemptRecord withoutTokenInstants(AttemptRecord a) {
    int none = AttemptRecord.NONE;
    return new AttemptRecord(
        a.request(),
        a.attempt(),
        a.phase(),
        a.requestClass(),
        a.session(),
        a.turn(),
        a.user(),
        a.loop(),
        a.intended(),
        a.sent(),
        a.headers(),
        none,
        none,
        none,
        none,
        a.end(),
        a.connectNanos(),
        a.outcome(),
        a.httpStatus(),
        a.error(),
        a.finishReason(),
        a.inputTokensAsked(),
        a.inputTokens(),
        a.cachedTokens(),
        a.sharedTokens(),
        a.outputTokens(),
        a.reasoningTokens(),
        a.tokenSource(),
        a.maxTokens(),
        a.bytesReceived(),
        a.target(),
        a.resends(),
        a.http(),
        a.eventNanos(),
        a.eventTokens(),
        a.silentNanos(),
        a.signalNanos());
  }
}
