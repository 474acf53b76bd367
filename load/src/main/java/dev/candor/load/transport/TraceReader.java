package dev.candor.load.transport;

import dev.candor.protocol.json.JsonText;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Turns a finished trace into its record. For the writer's thread. */
public final class TraceReader {
  private final long origin;
  private final @Nullable ToIntFunction<String> tokenizer;

  /**
   * @param origin the run's start on the clock of the traces
   * @param tokenizer counts answers for which the server sent no usage; null: one token an event
   */
  public TraceReader(long origin, @Nullable ToIntFunction<String> tokenizer) {
    this.origin = origin;
    this.tokenizer = tokenizer;
  }

  /** The record of {@code trace}, which may be reused afterwards. */
  public AttemptRecord read(AttemptTrace trace) {
    long[] nanos = new long[trace.events];
    int[] bytes = new int[trace.events];
    decode(trace, nanos, bytes);
    TokenSource source;
    int tokens;
    if (trace.completionTokens >= 0) {
      source = TokenSource.USAGE;
      tokens = trace.completionTokens;
    } else if (tokenizer != null) {
      source = TokenSource.TOKENIZER;
      tokens = tokenizer.applyAsInt(JsonText.decode(trace.text, 0, trace.textLength));
    } else {
      source = TokenSource.CHUNKS;
      tokens = trace.events;
    }
    return new AttemptRecord(
        trace.request,
        1,
        trace.phase,
        trace.requestClass,
        trace.user,
        0,
        trace.loop,
        relative(trace.intended),
        relative(trace.sent),
        relative(trace.headers),
        relative(trace.first),
        relative(trace.second),
        relative(trace.firstAnswer),
        trace.events == 0 || trace.whole ? AttemptRecord.NONE : relative(trace.last),
        relative(trace.end),
        span(trace.connectNanos),
        Objects.requireNonNullElse(trace.outcome, Outcome.UNFINISHED),
        trace.httpStatus,
        trace.error,
        trace.finishReason,
        trace.inputTokensAsked,
        trace.promptTokens,
        trace.cachedTokens,
        tokens,
        trace.reasoningTokens,
        source,
        trace.maxTokens,
        trace.bytesReceived,
        trace.target,
        trace.resends,
        new HttpPhases(
            span(trace.blockedNanos),
            span(trace.dnsNanos),
            span(trace.tcpNanos),
            span(trace.tlsNanos),
            span(trace.sendNanos),
            span(trace.rttNanos)),
        nanos,
        TokenShares.share(tokens, bytes),
        instants(trace.silent, trace.silentEvents),
        instants(trace.signals, trace.signalEvents));
  }

  private long[] instants(long[] read, int count) {
    return Arrays.stream(read, 0, count).map(this::relative).toArray();
  }

  private static long span(long nanos) {
    return nanos == AttemptTrace.NONE ? AttemptRecord.NONE : nanos;
  }

  private void decode(AttemptTrace trace, long[] nanos, int[] bytes) {
    long at = relative(trace.sent);
    int position = 0;
    for (int i = 0; i < nanos.length; i++) {
      for (int field = 0; field < 2; field++) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
          next = trace.timeline[position++];
          value |= (next & 0x7FL) << shift;
          shift += 7;
        } while (next < 0);
        if (field == 0) {
          at += value;
          nanos[i] = at;
        } else {
          bytes[i] = (int) value;
        }
      }
    }
  }

  private long relative(long instant) {
    return instant == AttemptTrace.NONE ? AttemptRecord.NONE : instant - origin;
  }
}
