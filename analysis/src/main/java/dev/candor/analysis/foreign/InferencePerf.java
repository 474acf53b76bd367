package dev.candor.analysis.foreign;

import dev.candor.record.AttemptRecord;
import java.util.List;

/** Kubernetes' inference-perf, chat API, streaming. */
final class InferencePerf implements Definition {
  /*
   * Its clock starts before it asks for a connection and stops at the end of the stream. Only
   * answer text counts, reasoning does not. Each token has the instant of the chunk that brought
   * it, so a chunk of n tokens gives n − 1 gaps of nothing; an answer whose text came as one token
   * has neither TTFT nor TPOT.
   */

  private static final Stat[] STATS = {
    Stat.mean("mean"),
    Stat.min(),
    Stat.max(),
    Stat.quantile("p0.1", 0.001),
    Stat.quantile("p1", 0.01),
    Stat.quantile("p5", 0.05),
    Stat.quantile("p10", 0.1),
    Stat.quantile("p25", 0.25),
    Stat.quantile("median", 0.5),
    Stat.quantile("p75", 0.75),
    Stat.quantile("p90", 0.9),
    Stat.quantile("p95", 0.95),
    Stat.quantile("p99", 0.99),
    Stat.quantile("p99.9", 0.999)
  };

  private final Span span = new Span();
  private final Samples latency = new Samples();
  private final Samples normalized = new Samples();
  private final Samples tpot = new Samples();
  private final Samples ttft = new Samples();
  private final Samples itl = new Samples();
  private long successes;
  private long input;
  private long output;

  @Override
  public boolean add(AttemptRecord a) {
    long start = Seen.called(a);
    span.add(start, a.end());
    if (!Seen.READ_TO_THE_END.contains(a.outcome())) {
      return false;
    }
    successes++;
    int tokens = Seen.textTokens(a);
    input += Seen.inputTokens(a);
    output += tokens;
    latency.add(a.end() - start);
    normalized.add(tokens == 0 ? 0 : (double) (a.end() - start) / tokens);
    if (Seen.hasTokenTimes(a) && tokens > 1) {
      addTokenTimes(a, start, tokens);
    }
    return true;
  }

  private void addTokenTimes(AttemptRecord a, long start, int tokens) {
    long first = AttemptRecord.NONE;
    long before = AttemptRecord.NONE;
    for (int i = Seen.firstAnswerEvent(a); i < a.eventNanos().length; i++) {
      long at = a.eventNanos()[i];
      for (int token = 0; token < a.eventTokens()[i]; token++) {
        if (before == AttemptRecord.NONE) {
          first = at;
        } else {
          itl.add(at - before);
        }
        before = at;
      }
    }
    ttft.add(first - start);
    tpot.add((double) (before - first) / (tokens - 1));
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.of("request_latency", "request_latency", Unit.S, Concept.LATENCY, latency, STATS),
        Figure.of("normalized_time_per_output_token", "NTPOT", Unit.S, null, normalized, STATS),
        Figure.of("time_per_output_token", "TPOT", Unit.S, Concept.TPOT, tpot, STATS),
        Figure.of("time_to_first_token", "TTFT", Unit.S, Concept.TTFT, ttft, STATS),
        Figure.of("inter_token_latency", "ITL", Unit.S, Concept.ITL, itl, STATS),
        Figure.single("benchmark_time_seconds", "benchmark time", "s", null, span.seconds()),
        Figure.single(
            "input_tokens_per_sec", "input tokens per sec", "tok/s", null, span.rate(input)),
        Figure.single(
            "output_tokens_per_sec",
            "output tokens per sec",
            "tok/s",
            Concept.OUTPUT_RATE,
            span.rate(output)),
        Figure.single(
            "total_tokens_per_sec",
            "total tokens per sec",
            "tok/s",
            null,
            span.rate(input + output)),
        Figure.single(
            "requests_per_sec",
            "requests per sec",
            "req/s",
            Concept.REQUEST_RATE,
            span.rate(successes)));
  }
}
