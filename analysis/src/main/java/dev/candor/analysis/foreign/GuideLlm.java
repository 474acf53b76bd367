package dev.candor.analysis.foreign;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.List;
import java.util.Set;

/** GuideLLM, its streaming OpenAI HTTP backend. */
final class GuideLlm implements Definition {
  /*
   * Its clock starts as the first byte of the request's header is written, a new connection's
   * making left out. TPOT includes the time to the first token, and both TPOT and ITL are weighted
   * by the tokens they stand for, so that their means are Σ time / Σ tokens. Quantiles are steps.
   * Its rates count failed requests too.
   */
  private static final Set<Outcome> SUCCESSFUL =
      Set.of(Outcome.COMPLETED, Outcome.WRONG_LENGTH, Outcome.TRUNCATED);

  private static final Stat[] STATS = {
    Stat.mean("mean"),
    Stat.quantile("median", 0.5),
    Stat.std("std_dev", 0),
    Stat.min(),
    Stat.max(),
    Stat.quantile("p90", 0.9),
    Stat.quantile("p95", 0.95),
    Stat.quantile("p99", 0.99),
    Stat.quantile("p999", 0.999)
  };

  private final Span span = new Span();
  private final WeightedSamples latency = new WeightedSamples();
  private final WeightedSamples ttft = new WeightedSamples();
  private final WeightedSamples firstOutput = new WeightedSamples();
  private final WeightedSamples itl = new WeightedSamples();
  private final WeightedSamples tpot = new WeightedSamples();
  private double requestNanos;
  private long requests;
  private long input;
  private long output;

  @Override
  public boolean add(AttemptRecord a) {
    long start = Seen.written(a);
    span.add(start, a.end());
    requests++;
    requestNanos += a.end() - start;
    boolean successful = SUCCESSFUL.contains(a.outcome());
    output += Seen.outputTokens(a);
    input += successful ? Seen.inputTokens(a) : Seen.known(a.inputTokens());
    if (!successful) {
      return false;
    }
    latency.add(a.end() - start, 1);
    if (Seen.hasTokenTimes(a)) {
      int tokens = Seen.outputTokens(a);
      ttft.add(a.first() - start, 1);
      if (a.firstAnswer() != AttemptRecord.NONE) {
        firstOutput.add(a.firstAnswer() - start, 1);
      }
      if (tokens > 1) {
        itl.add((double) (a.last() - a.first()) / (tokens - 1), tokens - 1);
      }
      if (tokens > 0) {
        tpot.add((double) (a.last() - start) / tokens, tokens);
      }
    }
    return true;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.of("request_latency", "Request Latency", Unit.S, Concept.LATENCY, latency, STATS),
        Figure.of("time_to_first_token_ms", "TTFT", Unit.MS, Concept.TTFT, ttft, STATS),
        Figure.of("time_to_first_output_token_ms", "TTFOT", Unit.MS, null, firstOutput, STATS),
        Figure.of("inter_token_latency_ms", "ITL", Unit.MS, Concept.ITL, itl, STATS),
        Figure.of("time_per_output_token_ms", "TPOT", Unit.MS, Concept.TPOT, tpot, STATS),
        Figure.single(
            "request_concurrency", "Requests Concurrency", "", null, span.rate(requestNanos / 1e9)),
        Figure.single(
            "requests_per_second",
            "Requests Per Sec",
            "req/s",
            Concept.REQUEST_RATE,
            span.rate(requests)),
        Figure.single(
            "prompt_tokens_per_second", "Input Tokens Per Sec", "tok/s", null, span.rate(input)),
        Figure.single(
            "output_tokens_per_second",
            "Output Tokens Per Sec",
            "tok/s",
            Concept.OUTPUT_RATE,
            span.rate(output)),
        Figure.single(
            "tokens_per_second", "Total Tokens Per Sec", "tok/s", null, span.rate(input + output)));
  }
}
