package dev.candor.load.transport;

import dev.candor.protocol.ResponseListener;
import dev.candor.record.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one attempt, while it happens. Written by its event loop, then handed to the
 * writer and never touched by the loop until it comes back. <b>One owner at a time; reused.</b>
 */
public final class AttemptTrace implements ResponseListener {
  /*
   * The timeline is a byte array of pairs of variable-length integers: nanoseconds since the
   * previous token event (the first: since `sent`) and raw bytes of text that the event carried.
   * About 5 bytes an event against 12 for plain arrays, and no object per token.
   */
  private static final int TEXT_LIMIT = 1 << 20;
  private static final int ERROR_LIMIT = 300;

  /** A server may ping for hours. */
  private static final int MOST_SIGNALS = 64;

  /** An instant that has not come. */
  public static final long NO_INSTANT = Long.MIN_VALUE;

  static final long NONE = NO_INSTANT;

  public long request;
  public int phase;
  public long user;
  public int loop;
  public String requestClass = "";
  public int inputTokensAsked;
  public int maxTokens;
  public long intended;
  public long sent = NONE;
  public long headers = NONE;
  public long end = NONE;
  public long connectNanos = NONE;
  public int httpStatus;
  public long bytesReceived;
  public int target;
  public int resends;
  public long blockedNanos = NONE;
  public long dnsNanos = NONE;
  public long tcpNanos = NONE;
  public long tlsNanos = NONE;
  public long sendNanos = NONE;
  public long rttNanos = NONE;

  /** Whether the answer comes as one object: its text has no first token and no gaps. */
  public boolean whole;

  /** Whether an answer has no token: one of embeddings. */
  public boolean tokenless;

  /** Whether a cap on requests in flight, not the load profile, decided when it was sent. */
  public boolean heldBack;

  public @Nullable Outcome outcome;
  public @Nullable String error;

  /** Instant of the socket read whose bytes are being parsed. */
  public long readNanos;

  long first = NONE;
  long second = NONE;
  long firstAnswer = NONE;
  long last = NONE;
  int events;
  @Nullable String finishReason;
  int promptTokens = -1;
  int cachedTokens = -1;
  int completionTokens = -1;
  int reasoningTokens = -1;
  boolean done;
  @Nullable Outcome protocolFailure;
  int silentEvents;
  int signalEvents;
  long[] silent = new long[4];
  long[] signals = new long[4];
  byte[] timeline = new byte[512];
  int timelineLength;
  byte[] text = new byte[1024];
  int textLength;

  /** Forgets the last attempt; keeps the buffers. */
  public void reset() {
    sent = headers = end = connectNanos = first = second = firstAnswer = last = NONE;
    httpStatus = 0;
    bytesReceived = 0;
    target = resends = 0;
    blockedNanos = dnsNanos = tcpNanos = tlsNanos = sendNanos = rttNanos = NONE;
    silentEvents = signalEvents = 0;
    events = timelineLength = textLength = 0;
    promptTokens = cachedTokens = completionTokens = reasoningTokens = -1;
    finishReason = null;
    outcome = protocolFailure = null;
    error = null;
    whole = tokenless = false;
    heldBack = false;
    done = false;
  }

  @Override
  public void onText(TextKind kind, byte[] bytes, int offset, int length) {
    if (events == 0) {
      last = sent;
    }
    if (!whole) {
      noteInstants(kind);
    }
    appendVarint(Math.max(0, readNanos - last));
    appendVarint(length);
    last = readNanos;
    events++;
    int room = Math.min(length, TEXT_LIMIT - textLength);
    if (room > 0) {
      if (textLength + room > text.length) {
        text = Arrays.copyOf(text, Math.max(text.length * 2, textLength + room));
      }
      System.arraycopy(bytes, offset, text, textLength, room);
      textLength += room;
    }
  }

  private void noteInstants(TextKind kind) {
    if (events == 0) {
      first = readNanos;
    } else if (events == 1) {
      second = readNanos;
    }
    if (firstAnswer == NONE && kind != TextKind.REASONING) {
      firstAnswer = readNanos;
    }
  }

  private void appendVarint(long value) {
    if (timelineLength + 10 > timeline.length) {
      timeline = Arrays.copyOf(timeline, timeline.length * 2);
    }
    long rest = value;
    while (rest >= 0x80) {
      timeline[timelineLength++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    timeline[timelineLength++] = (byte) rest;
  }

  @Override
  public void onSilentEvent(boolean ofAnswer) {
    if (ofAnswer) {
      silent = appended(silent, silentEvents++);
    } else if (signalEvents < MOST_SIGNALS) {
      signals = appended(signals, signalEvents++);
    }
  }

  private long[] appended(long[] instants, int count) {
    long[] target = count < instants.length ? instants : Arrays.copyOf(instants, 2 * count);
    target[count] = readNanos;
    return target;
  }

  @Override
  public void onUsage(int prompt, int cached, int completion, int reasoning) {
    promptTokens = prompt;
    cachedTokens = cached;
    completionTokens = completion;
    reasoningTokens = reasoning;
  }

  @Override
  public void onFinish(String reason) {
    finishReason = reason;
  }

  @Override
  public void onDone() {
    done = true;
    end = readNanos;
  }

  @Override
  public void onErrorFrame(@Nullable String code, String message) {
    fail(Outcome.ERROR_FRAME, code == null ? message : code + ": " + message);
  }

  @Override
  public void onMalformed(String why) {
    fail(Outcome.MALFORMED, why);
  }

  @Override
  public void onOversized(String what) {
    fail(Outcome.OVERSIZED, what);
  }

  /** Notes the first failure of the response; later ones are its consequences. */
  public void fail(Outcome failure, String message) {
    if (protocolFailure == null) {
      protocolFailure = failure;
      error = shorten(message);
    }
  }

  /** Whether the response has said all that it will. */
  public boolean finished() {
    return done || protocolFailure != null;
  }

  /** Whether the terminal event has come. */
  public boolean done() {
    return done;
  }

  /** Whether a token has come. */
  public boolean hasToken() {
    return events > 0;
  }

  /** Token events so far. */
  public int events() {
    return events;
  }

  /**
   * The outcome of a 2xx response.
   *
   * @param orderly whether the body ended as HTTP wants it, as opposed to a broken connection
   * @param exactLength whether the answer had to have exactly {@code maxTokens} tokens
   */
  public Outcome judge(boolean orderly, boolean exactLength) {
    if (protocolFailure != null) {
      return protocolFailure;
    }
    if (!done) {
      error = "the stream ended after %d token events without its end event".formatted(events);
      return orderly ? Outcome.TRUNCATED : Outcome.DISCONNECTED;
    }
    if (tokenless) {
      return Outcome.COMPLETED;
    }
    if (events == 0) {
      error = "the answer has no token";
      return Outcome.EMPTY_ANSWER;
    }
    if (exactLength && completionTokens >= 0 && completionTokens != maxTokens) {
      error = "%d tokens, asked for exactly %d".formatted(completionTokens, maxTokens);
      return Outcome.WRONG_LENGTH;
    }
    return Outcome.COMPLETED;
  }

  /** At most 300 characters of {@code message}. */
  public static String shorten(String message) {
    return message.length() <= ERROR_LIMIT ? message : message.substring(0, ERROR_LIMIT - 1) + "…";
  }
}
