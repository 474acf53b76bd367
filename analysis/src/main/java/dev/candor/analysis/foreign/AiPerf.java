package dev.candor.analysis.foreign;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.List;
import java.util.Set;

/** NVIDIA AIPerf, endpoint type {@code chat}, streaming. */
final class AiPerf implements Definition {
  /*
   * Its clock starts before it asks for a connection. Only chunks with text, reasoning or a tool
   * call count, and a request ends with the last of them. ITL is one mean a request, so that no
   * percentile of it shows a stall; the gaps themselves are its inter-chunk latency.
   */
  private static final Set<Outcome> SUCCESSFUL =
      Set.of(Outcome.COMPLETED, Outcome.WRONG_LENGTH, Outcome.TRUNCATED);

  private static final Stat[] STATS = {
    Stat.mean("avg"),
    Stat.min(),
    Stat.max(),
    Stat.quantile("p99", 0.99),
    Stat.quantile("p95", 0.95),
    Stat.quantile("p90", 0.9),
    Stat.quantile("p75", 0.75),
    Stat.quantile("p50", 0.5),
    Stat.quantile("p25", 0.25),
    Stat.quantile("p10", 0.1),
    Stat.quantile("p5", 0.05),
    Stat.quantile("p1", 0.01),
    Stat.std("std", 0)
  };

  private final Span span = new Span();
  private final Samples ttft = new Samples();
  private final Samples second = new Samples();
  private final Samples firstOutput = new Samples();
  private final Samples latency = new Samples();
  private final Samples itl = new Samples();
  private final Samples perUser = new Samples();
  private final Samples endToEnd = new Samples();
  private final Samples outputLength = new Samples();
  private final Samples inputLength = new Samples();
  private final Samples chunkGaps = new Samples();
  private long requests;
  private long output;

  @Override
  public boolean add(AttemptRecord a) {
    if (!SUCCESSFUL.contains(a.outcome()) || a.eventNanos().length == 0) {
      return false;
    }
    long start = Seen.called(a);
    long last = a.eventNanos()[a.eventNanos().length - 1];
    int tokens = Seen.outputTokens(a);
    span.add(start, last);
    requests++;
    output += tokens;
    latency.add(last - start);
    outputLength.add(tokens);
    inputLength.add(Seen.inputTokens(a));
    if (last > start) {
      endToEnd.add(tokens * 1e9 / (last - start));
    }
    if (Seen.hasTokenTimes(a)) {
      addTokenTimes(a, start, tokens);
    }
    return true;
  }

  private void addTokenTimes(AttemptRecord a, long start, int tokens) {
    ttft.add(a.first() - start);
    if (a.firstAnswer() != AttemptRecord.NONE) {
      firstOutput.add(a.firstAnswer() - start);
    }
    if (a.second() != AttemptRecord.NONE) {
      second.add(a.second() - a.first());
    }
    if (tokens > 1) {
      double each = (double) (a.last() - a.first()) / (tokens - 1);
      itl.add(each);
      if (each > 0) {
        perUser.add(1e9 / each);
      }
    }
    long[] instants = a.eventNanos();
    for (int i = 1; i < instants.length; i++) {
      chunkGaps.add(instants[i] - instants[i - 1]);
    }
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.of("time_to_first_token", "TTFT", Unit.MS, Concept.TTFT, ttft, STATS),
        Figure.of("time_to_second_token", "TTST", Unit.MS, null, second, STATS),
        Figure.of("time_to_first_output_token", "TTFO", Unit.MS, null, firstOutput, STATS),
        Figure.of("request_latency", "Req Latency", Unit.MS, Concept.LATENCY, latency, STATS),
        Figure.of("inter_token_latency", "ITL", Unit.MS, Concept.ITL, itl, STATS),
        Figure.of("inter_chunk_latency", "ICL", Unit.MS, null, chunkGaps, STATS),
        Figure.of(
            "output_token_throughput_per_user",
            "Output TPS/User",
            Unit.TOKENS_PER_S,
            null,
            perUser,
            STATS),
        Figure.of(
            "e2e_output_token_throughput",
            "E2E Output TPS/User",
            Unit.TOKENS_PER_S,
            null,
            endToEnd,
            STATS),
        Figure.of("output_sequence_length", "OSL", Unit.TOKENS, null, outputLength, STATS),
        Figure.of("input_sequence_length", "ISL", Unit.TOKENS, null, inputLength, STATS),
        Figure.single(
            "output_token_throughput",
            "Output TPS",
            "tok/s",
            Concept.OUTPUT_RATE,
            span.rate(output)),
        Figure.single(
            "request_throughput", "Req/sec", "req/s", Concept.REQUEST_RATE, span.rate(requests)),
        Figure.single("request_count", "Requests", "", null, (double) requests),
        Figure.single("benchmark_duration", "Duration", "s", null, span.seconds()));
  }
}
