package dev.candor.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An attempt in few bytes, for the log of a run that lasts: numbers of variable length, instants of
 * events as the time since the one before. Two to five bytes a token. For one thread.
 */
final class AttemptBytes {
  private byte[] bytes = new byte[1024];
  private int length;
  private int position;

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Makes room for {@code count} bytes, to be read by {@link #read} once they are there. */
  byte[] room(int count) {
    if (bytes.length < count) {
      bytes = new byte[Math.max(count, 2 * bytes.length)];
    }
    length = count;
    return bytes;
  }

  void write(AttemptRecord a) {
    length = 0;
    number(a.request());
    number(a.attempt());
    number(a.phase());
    text(a.requestClass());
    number(a.session());
    number(a.turn());
    number(a.loop());
    number(a.intended());
    number(a.sent());
    number(a.headers());
    number(a.first());
    number(a.second());
    number(a.firstAnswer());
    number(a.last());
    number(a.end());
    number(a.connectNanos());
    text(a.outcome().key());
    number(a.httpStatus());
    text(a.error());
    text(a.finishReason());
    number(a.inputTokensAsked());
    number(a.inputTokens());
    number(a.cachedTokens());
    number(a.outputTokens());
    number(a.reasoningTokens());
    text(a.tokenSource().key());
    number(a.maxTokens());
    number(a.bytesReceived());
    number(a.target());
    number(a.resends());
    HttpPhases http = a.http();
    number(http.blocked());
    number(http.dns());
    number(http.tcp());
    number(http.tls());
    number(http.send());
    number(http.rtt());
    instants(a.eventNanos());
    int[] tokens = a.eventTokens();
    makeRoom(5 * tokens.length);
    for (int each : tokens) {
      number(each);
    }
    instants(a.silentNanos());
    instants(a.signalNanos());
  }

  /** The record of bytes that {@link #write} has made. */
  AttemptRecord read() {
    position = 0;
    long request = number();
    int attempt = (int) number();
    int phase = (int) number();
    String requestClass = String.valueOf(text());
    long session = number();
    int turn = (int) number();
    int loop = (int) number();
    long intended = number();
    long sent = number();
    long headers = number();
    long first = number();
    long second = number();
    long firstAnswer = number();
    long last = number();
    long end = number();
    long connect = number();
    Outcome outcome = Outcome.ofKey(String.valueOf(text()));
    int status = (int) number();
    String error = text();
    String finishReason = text();
    int asked = (int) number();
    int input = (int) number();
    int cached = (int) number();
    int output = (int) number();
    int reasoning = (int) number();
    TokenSource source = TokenSource.ofKey(String.valueOf(text()));
    int maxTokens = (int) number();
    long received = number();
    int target = (int) number();
    int resends = (int) number();
    HttpPhases http = new HttpPhases(number(), number(), number(), number(), number(), number());
    long[] events = instants();
    int[] tokens = new int[events.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) number();
    }
    return new AttemptRecord(
        request,
        attempt,
        phase,
        requestClass,
        session,
        turn,
        loop,
        intended,
        sent,
        headers,
        first,
        second,
        firstAnswer,
        last,
        end,
        connect,
        outcome,
        status,
        error,
        finishReason,
        asked,
        input,
        cached,
        output,
        reasoning,
        source,
        maxTokens,
        received,
        target,
        resends,
        http,
        events,
        tokens,
        instants(),
        instants());
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private void number(long value) {
    makeRoom(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return (value >>> 1) ^ -(value & 1);
  }

  private void text(@Nullable String value) {
    if (value == null) {
      number(-1);
      return;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    makeRoom(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private @Nullable String text() {
    int size = (int) number();
    if (size < 0) {
      return null;
    }
    position += size;
    return new String(bytes, position - size, size, StandardCharsets.UTF_8);
  }

  private void instants(long[] instants) {
    number(instants.length);
    long before = 0;
    for (long instant : instants) {
      number(instant - before);
      before = instant;
    }
  }

  private long[] instants() {
    long[] instants = new long[(int) number()];
    long at = 0;
    for (int i = 0; i < instants.length; i++) {
      at += number();
      instants[i] = at;
    }
    return instants;
  }
}
