package dev.candor.load.transport;

import dev.candor.protocol.ResponseListener;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one attempt, while it happens. Written by its event loop, then handed to the
 * writer and never touched by the loop until it comes back. <b>One owner at a time; reused.</b>
 */
public final class AttemptTrace implements ResponseListener {
  /*
   * The timeline is a sequence of pairs of variable-length integers: nanoseconds since the pair
   * before (the first: since `sent`), and what came: its kind in two bits, above them the raw bytes
   * of text that the event carried. About 5 bytes an event, and no object. It is written into
   * blocks; a full one goes to the writer at once, so that a stream in flight holds one on this
   * side, however long its answer. The text itself follows its pair where it is asked for.
   */
  static final int TEXT = 0;
  static final int TEXT_KEPT = 1;
  static final int SILENT = 2;
  static final int[] NO_SLOTS = {};
  private static final byte[] NO_BYTES = {};
  private static final long[] NO_INSTANTS = {};
  private static final int LONGEST_PAIR = 20;
  private static final int TEXT_LIMIT = 1 << 20;
  private static final int ERROR_LIMIT = 300;
  private static final String LEFT = "its user had read enough";

  /** Three and a half hours at 300 a second; an attempt's instants are read back as a whole. */
  private static final int MOST_EVENTS = 1 << 22;

  /** A server may ping for hours. */
  private static final int MOST_SIGNALS = 64;

  /** An instant that has not come. */
  public static final long NO_INSTANT = Long.MIN_VALUE;

  static final long NONE = NO_INSTANT;

  public long request;

  /** Which try at the request, from 1. */
  public int attempt = 1;

  /** When the request was first intended; {@code intended} where this is its first attempt. */
  public long requested = NONE;

  /** Whether the request is to be attempted again after it. */
  public boolean retried;

  public int phase;
  public long session;
  public int turn;
  public long user;
  public int loop;
  public String requestClass = "";
  public int inputTokensAsked = AttemptRecord.NONE;
  public int maxTokens = AttemptRecord.NONE;
  public int sharedTokens = AttemptRecord.NONE;
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

  /** Token events after which its user leaves. */
  public int leaveAfter = Integer.MAX_VALUE;

  /** Whether an answer has no token: one of embeddings. */
  public boolean tokenless;

  /** Whether a cap on requests in flight, not the load profile, decided when it was sent. */
  public boolean heldBack;

  /** What the server told of when to come again, where it refused; else null. */
  public @Nullable ServerHints hints;

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
  int cacheWriteTokens = -1;
  boolean done;
  @Nullable Outcome protocolFailure;
  int silentEvents;
  int signalEvents;
  long[] signals = new long[4];
  int textLength;

  /** Whether a part of the timeline was dropped, as the writer was too far behind to take it. */
  boolean incomplete;

  private final @Nullable TraceBlocks blocks;
  private @Nullable TraceBlock block;
  private long before;
  private boolean keepText = true;
  private boolean keepAnswer;
  private byte[] answer = NO_BYTES;
  private int answerLength;
  private boolean handedOver;
  private boolean dropped;

  /** Instants of token events that came by {@link #onTokens}, in place of a timeline in blocks. */
  long[] instants = NO_INSTANTS;

  boolean listed;

  // The writer's own, while the attempt lasts: what it has been handed.
  @Nullable TraceBlock firstKept;
  @Nullable TraceBlock lastKept;
  int[] slots = NO_SLOTS;
  int slotCount;

  /** A trace that keeps its timeline itself. */
  public AttemptTrace() {
    this.blocks = null;
  }

  /** A trace whose timeline goes to the writer block by block. */
  public AttemptTrace(TraceBlocks blocks) {
    this.blocks = blocks;
  }

  /** Says, before the attempt starts, whether its text is to be kept, to count its tokens. */
  public void keepText(boolean keep) {
    keepText = keep;
  }

  /** Says, before the attempt starts, that its session carries the answer's text on. */
  public void keepAnswer() {
    keepAnswer = true;
  }

  /** Whether its session carries the answer's text on. */
  public boolean keepsAnswer() {
    return keepAnswer;
  }

  /**
   * The answer's text so far, without reasoning, as the server escaped it; empty unless it was to
   * be kept.
   */
  public byte[] answer() {
    return Arrays.copyOf(answer, answerLength);
  }

  /** Output tokens by the server's count, -1 where it has sent none. */
  public int completionTokens() {
    return completionTokens;
  }

  /** Forgets the last attempt; keeps the buffers. */
  public void reset() {
    forgetConnection();
    headers = end = first = second = firstAnswer = last = NONE;
    requestClass = "";
    inputTokensAsked = maxTokens = sharedTokens = AttemptRecord.NONE;
    session = turn = 0;
    keepAnswer = false;
    answerLength = 0;
    httpStatus = 0;
    bytesReceived = 0;
    target = resends = 0;
    attempt = 1;
    requested = NONE;
    retried = false;
    hints = null;
    silentEvents = signalEvents = 0;
    events = textLength = 0;
    incomplete = handedOver = false;
    promptTokens = cachedTokens = completionTokens = reasoningTokens = cacheWriteTokens = -1;
    finishReason = null;
    outcome = protocolFailure = null;
    error = null;
    whole = tokenless = listed = false;
    instants = NO_INSTANTS;
    leaveAfter = Integer.MAX_VALUE;
    heldBack = false;
    done = false;
  }

  /** It is sent once more: what was noted of the connection before is not that one's. */
  public void forgetConnection() {
    sent = connectNanos = NONE;
    blockedNanos = dnsNanos = tcpNanos = tlsNanos = sendNanos = rttNanos = NONE;
  }

  @Override
  public void onText(TextKind kind, byte[] bytes, int offset, int length) {
    if (!whole) {
      noteInstants(kind);
    }
    boolean keep = keepText && textLength + length <= TEXT_LIMIT;
    note((long) length << 2 | (keep ? TEXT_KEPT : TEXT));
    if (keep) {
      append(bytes, offset, length);
    }
    if (keepAnswer && kind == TextKind.ANSWER && answerLength + length <= TEXT_LIMIT) {
      if (answerLength + length > answer.length) {
        answer = Arrays.copyOf(answer, Math.max(2 * answer.length, answerLength + length));
      }
      System.arraycopy(bytes, offset, answer, answerLength, length);
      answerLength += length;
    }
    last = readNanos;
    events++;
    if (events >= leaveAfter && !whole) {
      fail(Outcome.ABANDONED, LEFT);
    }
  }

  /**
   * Takes token events of a token each, and of no text, whose instants are known: those of a
   * simulated answer. Not to be mixed with {@link #onText} in one attempt.
   *
   * @param nanos the instants of all events so far; kept, and only to be added to from now on
   * @param count how many have come, no fewer than at the last call
   */
  public void onTokens(long[] nanos, int count) {
    instants = nanos;
    listed = true;
    events = Math.min(count, leaveAfter);
    if (events > 0) {
      first = firstAnswer = nanos[0];
      second = events > 1 ? nanos[1] : NONE;
      last = readNanos = nanos[events - 1];
    }
    if (events >= leaveAfter) {
      fail(Outcome.ABANDONED, LEFT);
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

  private void note(long what) {
    if (events + silentEvents == 0) {
      before = sent;
    } else if (events + silentEvents == MOST_EVENTS) {
      fail(Outcome.OVERSIZED, "more than %d stream events".formatted(MOST_EVENTS));
    }
    TraceBlock to = block;
    if (to == null || to.room() < LONGEST_PAIR) {
      to = nextBlock();
    }
    to.varint(Math.max(0, readNanos - before));
    to.varint(what);
    before = Math.max(before, readNanos);
  }

  private void append(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      TraceBlock to = block;
      if (to == null || to.room() == 0) {
        to = nextBlock();
      }
      int some = Math.min(left, to.room());
      System.arraycopy(bytes, from, to.bytes, to.length, some);
      to.length += some;
      from += some;
      left -= some;
    }
    textLength += length;
  }

  private TraceBlock nextBlock() {
    TraceBlock full = block;
    TraceBlock next;
    if (full == null) {
      next = blocks == null ? new TraceBlock() : blocks.take();
    } else if (blocks == null) {
      keep(full);
      next = new TraceBlock();
    } else if (!incomplete && blocks.handOver(full, this)) {
      handedOver = true;
      next = blocks.take();
    } else {
      // The writer must not have more: the rest of this timeline is lost, and known to be.
      incomplete = true;
      full.length = 0;
      next = full;
    }
    block = next;
    return next;
  }

  /** Adds a block to those that the writer keeps. */
  void keep(TraceBlock full) {
    if (lastKept == null) {
      firstKept = full;
    } else {
      lastKept.next = full;
    }
    lastKept = full;
  }

  /** Marks it as one of which no record will be made; whether the writer has blocks of it. */
  public boolean drop() {
    dropped = true;
    return handedOver;
  }

  public boolean dropped() {
    return dropped;
  }

  /** Whether a part of its timeline was dropped. */
  public boolean incomplete() {
    return incomplete;
  }

  static AttemptTrace of(TraceBlock block) {
    return Objects.requireNonNull(block.trace, "a block of no attempt");
  }

  int blocksKept() {
    int count = 0;
    for (TraceBlock each = firstKept; each != null; each = each.next) {
      count++;
    }
    return count;
  }

  @Nullable TraceBlock takeUnfilled() {
    TraceBlock unfilled = block;
    block = null;
    return unfilled;
  }

  void giveBack(TraceBlock read) {
    if (blocks != null) {
      blocks.giveBack(read);
    }
  }

  void recycle(TraceBlock read) {
    if (blocks != null) {
      blocks.recycle(read);
    }
  }

  @Override
  public void onSilentEvent(boolean ofAnswer) {
    if (ofAnswer) {
      note(SILENT);
      silentEvents++;
    } else if (signalEvents < MOST_SIGNALS) {
      if (signalEvents == signals.length) {
        signals = Arrays.copyOf(signals, 2 * signalEvents);
      }
      signals[signalEvents++] = readNanos;
    }
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
    finishReason = shorten(reason);
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
