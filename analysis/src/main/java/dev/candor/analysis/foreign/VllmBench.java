package dev.candor.analysis.foreign;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.List;

/** {@code vllm bench serve}, endpoint type {@code openai-chat}. */
final class VllmBench implements Definition {
  /*
   * Its clock starts before it asks for a connection. Every chunk that has a choice is a token to
   * it, the role and the finish reason too; its answer ends with the last of them. ITL has a sample
   * a chunk, TPOT one a request. It does not ask for [DONE], and reads over an error frame.
   */

  private static final Stat[] STATS = {
    Stat.mean("mean"),
    Stat.quantile("median", 0.5),
    Stat.std("std", 0),
    Stat.quantile("p90", 0.9),
    Stat.quantile("p95", 0.95),
    Stat.quantile("p99", 0.99)
  };

  private final Span span = new Span();
  private final Samples ttft = new Samples();
  private final Samples tpot = new Samples();
  private final Samples itl = new Samples();
  private final Samples latency = new Samples();
  private long completed;
  private long input;
  private long output;

  @Override
  public boolean add(AttemptRecord a) {
    long start = Seen.called(a);
    span.add(start, a.end());
    long[] chunks = Seen.chunks(a);
    if (!Seen.READ_TO_THE_END.contains(a.outcome()) || chunks.length == 0) {
      return false;
    }
    completed++;
    input += Seen.inputTokens(a);
    output += Seen.outputTokens(a);
    if (!Seen.hasTokenTimes(a) && a.outcome() != Outcome.EMPTY_ANSWER) {
      latency.add(a.end() - start);
      return true;
    }
    long first = chunks[0];
    long last = chunks[chunks.length - 1];
    ttft.add(first - start);
    latency.add(last - start);
    for (int i = 1; i < chunks.length; i++) {
      itl.add(chunks[i] - chunks[i - 1]);
    }
    if (Seen.outputTokens(a) > 1) {
      tpot.add((double) (last - first) / (Seen.outputTokens(a) - 1));
    }
    return true;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.of("ttft_ms", "Time to First Token", Unit.MS, Concept.TTFT, ttft, STATS),
        Figure.of("tpot_ms", "Time per Output Token", Unit.MS, Concept.TPOT, tpot, STATS),
        Figure.of("itl_ms", "Inter-token Latency", Unit.MS, Concept.ITL, itl, STATS),
        Figure.of("e2el_ms", "End-to-end Latency", Unit.MS, Concept.LATENCY, latency, STATS),
        Figure.single("duration", "Benchmark duration", "s", null, span.seconds()),
        Figure.single("total_input_tokens", "Total input tokens", "tokens", null, (double) input),
        Figure.single(
            "total_output_tokens", "Total generated tokens", "tokens", null, (double) output),
        Figure.single(
            "request_throughput",
            "Request throughput",
            "req/s",
            Concept.REQUEST_RATE,
            span.rate(completed)),
        Figure.single(
            "output_throughput",
            "Output token throughput",
            "tok/s",
            Concept.OUTPUT_RATE,
            span.rate(output)),
        Figure.single(
            "total_token_throughput",
            "Total token throughput",
            "tok/s",
            null,
            span.rate(input + output)));
  }
}
