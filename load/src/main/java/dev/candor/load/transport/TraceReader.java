package dev.candor.load.transport;

import dev.candor.protocol.json.JsonText;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.OneTokenEach;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns finished traces into their records, and keeps what unfinished ones have handed over. <b>For
 * the writer's thread</b>, but for {@link #wantsText}.
 */
public final class TraceReader implements AutoCloseable {
  /** 16 MiB. */
  private static final int MOST_KEPT = 1 << 14;

  private final long origin;
  private final @Nullable ToIntFunction<String> tokenizer;
  private final TraceStore store;
  private volatile boolean wantsText;
  private boolean usageMissing;
  private long countedTokens;
  private long countedBytes;
  private boolean oneTokenAnEvent = true;

  private static final long[] NONE_SILENT = {};
  private static final byte[] NO_TEXT = {};

  // What was last decoded.
  private long[] nanos = new long[0];
  private int[] bytes = new int[0];
  private long[] silent = new long[0];
  private byte[] text = new byte[0];
  private boolean wholeText;

  /**
   * @param origin the run's start on the clock of the traces
   * @param tokenizer counts answers for which the server sent no usage; null: one token an event
   */
  public TraceReader(long origin, @Nullable ToIntFunction<String> tokenizer) {
    this(origin, tokenizer, (Path) null);
  }

  /**
   * @param spill file for what unfinished attempts hand over beyond 16 MiB; null: kept in memory
   */
  public TraceReader(long origin, @Nullable ToIntFunction<String> tokenizer, @Nullable Path spill) {
    this(origin, tokenizer, new TraceStore(MOST_KEPT, spill));
  }

  TraceReader(long origin, @Nullable ToIntFunction<String> tokenizer, TraceStore store) {
    this.origin = origin;
    this.tokenizer = tokenizer;
    this.store = store;
    this.wantsText = tokenizer != null;
  }

  /**
   * Whether attempts that start now should keep their text: until the target has shown that it
   * counts tokens itself, and again for good once a complete answer came without its count. May be
   * called by any thread.
   */
  public boolean wantsText() {
    return wantsText;
  }

  /** Takes a block of an attempt that has not ended. */
  public void keep(TraceBlock block) {
    store.keep(block);
  }

  /** Lets go of a trace without making a record of it. */
  public void drop(AttemptTrace trace) {
    store.collect(trace);
  }

  /** The record of {@code trace}, which may be reused afterwards. */
  public AttemptRecord read(AttemptTrace trace) {
    if (trace.listed) {
      take(trace);
    } else {
      decode(trace, store.collect(trace), store.length());
    }
    TokenSource source;
    int tokens;
    if (trace.completionTokens >= 0) {
      source = TokenSource.USAGE;
      tokens = trace.completionTokens;
    } else if (tokenizer != null && wholeText && !trace.incomplete) {
      source = TokenSource.TOKENIZER;
      tokens = tokenizer.applyAsInt(JsonText.decode(text, 0, text.length));
    } else if (oneTokenAnEvent && countedTokens > 0 && !trace.incomplete) {
      // As in every answer that the server counted, and exact where bytes are not.
      source = TokenSource.ESTIMATE;
      tokens = trace.events;
    } else if (countedBytes > 0 && !trace.incomplete) {
      source = TokenSource.ESTIMATE;
      tokens =
          (int)
              Math.round(
                  (double) Arrays.stream(bytes).asLongStream().sum()
                      * countedTokens
                      / countedBytes);
    } else {
      source = TokenSource.CHUNKS;
      tokens = trace.events;
    }
    learn(trace, source);
    return new AttemptRecord(
        trace.request,
        trace.attempt,
        trace.phase,
        trace.requestClass,
        trace.session,
        trace.turn,
        trace.user,
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
        trace.sharedTokens,
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
        silent,
        Arrays.stream(trace.signals, 0, trace.signalEvents).map(this::relative).toArray(),
        relative(trace.requested == AttemptTrace.NONE ? trace.intended : trace.requested),
        trace.retried,
        trace.cacheWriteTokens);
  }

  private static long span(long nanos) {
    return nanos == AttemptTrace.NONE ? AttemptRecord.NONE : nanos;
  }

  /** Whether the server counts tokens, and how many bytes of text one has. */
  private void learn(AttemptTrace trace, TokenSource source) {
    if (trace.outcome != Outcome.COMPLETED) {
      return;
    }
    if (source == TokenSource.USAGE) {
      countedTokens += trace.completionTokens;
      oneTokenAnEvent &= trace.completionTokens == trace.events;
      for (int each : bytes) {
        countedBytes += each;
      }
      if (!usageMissing) {
        wantsText = false;
      }
    } else if (tokenizer != null) {
      usageMissing = true;
      wantsText = true;
    }
  }

  private void take(AttemptTrace trace) {
    if (origin == 0 && trace.instants.length == trace.events) {
      // Nobody writes into it any more.
      nanos = trace.instants;
    } else {
      nanos = new long[trace.events];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = trace.instants[i] - origin;
      }
    }
    // A token each, and who counts them says so; what bytes they had is not known.
    bytes = OneTokenEach.of(trace.events);
    silent = NONE_SILENT;
    text = NO_TEXT;
    wholeText = false;
  }

  private void decode(AttemptTrace trace, byte[] from, int length) {
    // Of a timeline with a hole nothing is kept: its gaps would be wrong.
    int events = trace.incomplete ? 0 : trace.events;
    nanos = new long[events];
    bytes = new int[events];
    silent = new long[trace.incomplete ? 0 : trace.silentEvents];
    text = new byte[trace.incomplete ? 0 : trace.textLength];
    wholeText = true;
    long at = relative(trace.sent);
    int event = 0;
    int silentEvent = 0;
    int textEnd = 0;
    int position = 0;
    while (!trace.incomplete && position < length) {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        next = from[position++];
        value |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      at += value;
      value = 0;
      shift = 0;
      do {
        next = from[position++];
        value |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      int kind = (int) value & 3;
      int size = (int) (value >>> 2);
      if (kind == AttemptTrace.SILENT) {
        silent[silentEvent++] = at;
        continue;
      }
      nanos[event] = at;
      bytes[event++] = size;
      if (kind == AttemptTrace.TEXT_KEPT) {
        System.arraycopy(from, position, text, textEnd, size);
        textEnd += size;
        position += size;
      } else {
        wholeText &= size == 0;
      }
    }
  }

  @Override
  public void close() {
    store.close();
  }

  private long relative(long instant) {
    return instant == AttemptTrace.NONE ? AttemptRecord.NONE : instant - origin;
  }
}
