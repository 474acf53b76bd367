package dev.candor.analysis.foreign;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anyscale's LLMPerf, its OpenAI chat client. */
final class LlmPerf implements Definition {
  /*
   * Its clock starts before it opens a connection. Only answer text counts. Its inter-token latency
   * is (time to the first token + all gaps) / tokens: the first token's wait is in it, and it is one
   * value a request.
   */
  private static final Set<Outcome> SUCCESSFUL =
      Set.of(Outcome.COMPLETED, Outcome.WRONG_LENGTH, Outcome.TRUNCATED, Outcome.EMPTY_ANSWER);

  private static final Stat[] STATS = {
    Stat.quantile("p25", 0.25),
    Stat.quantile("p50", 0.5),
    Stat.quantile("p75", 0.75),
    Stat.quantile("p90", 0.9),
    Stat.quantile("p95", 0.95),
    Stat.quantile("p99", 0.99),
    Stat.mean("mean"),
    Stat.min(),
    Stat.max(),
    Stat.std("stddev", 1)
  };

  private final Span span = new Span();
  private final Samples itl = new Samples();
  private final Samples ttft = new Samples();
  private final Samples latency = new Samples();
  private final Samples throughput = new Samples();
  private final Samples inputLength = new Samples();
  private final Samples outputLength = new Samples();
  private long started;
  private long completed;
  private long output;

  @Override
  public boolean add(AttemptRecord a) {
    long start = Seen.called(a);
    span.add(start, a.end());
    started++;
    if (!SUCCESSFUL.contains(a.outcome())) {
      return false;
    }
    completed++;
    int from = Seen.firstAnswerEvent(a);
    int events = a.eventNanos().length;
    int tokens = Seen.textTokens(a);
    output += tokens;
    inputLength.add(Seen.inputTokens(a));
    outputLength.add(tokens);
    latency.add(a.end() - start);
    if (a.end() > start) {
      throughput.add(tokens * 1e9 / (a.end() - start));
    }
    if (Seen.hasTokenTimes(a) || a.outcome() == Outcome.EMPTY_ANSWER) {
      // It says 0 of an answer without text, and counts that.
      ttft.add(from == events ? 0 : a.eventNanos()[from] - start);
      itl.add(tokens == 0 ? 0 : (double) (a.eventNanos()[events - 1] - start) / tokens);
    }
    return true;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.of("inter_token_latency_s", "inter_token_latency", Unit.S, Concept.ITL, itl, STATS),
        Figure.of("ttft_s", "ttft", Unit.S, Concept.TTFT, ttft, STATS),
        Figure.of(
            "end_to_end_latency_s", "end_to_end_latency", Unit.S, Concept.LATENCY, latency, STATS),
        Figure.of(
            "request_output_throughput_token_per_s",
            "request output",
            Unit.TOKENS_PER_S,
            null,
            throughput,
            STATS),
        Figure.of(
            "number_input_tokens", "number_input_tokens", Unit.TOKENS, null, inputLength, STATS),
        Figure.of(
            "number_output_tokens", "number_output_tokens", Unit.TOKENS, null, outputLength, STATS),
        Figure.single("num_requests_started", "requests started", "", null, (double) started),
        Figure.single(
            "error_rate",
            "error rate",
            "",
            null,
            started == 0 ? null : (double) (started - completed) / started),
        Figure.single(
            "mean_output_throughput_token_per_s",
            "overall output",
            "tok/s",
            Concept.OUTPUT_RATE,
            span.rate(output)),
        Figure.single(
            "num_completed_requests_per_min",
            "completed per minute",
            "req/min",
            null,
            perMinute()));
  }

  private @Nullable Double perMinute() {
    Double rate = span.rate(completed);
    return rate == null ? null : Double.valueOf(rate * 60);
  }
}
