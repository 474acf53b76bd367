package dev.candor.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An attempt in few bytes, for the log of a run that lasts: intended and request, by which the log
 * is sorted, then numbers of variable length, instants of events as the time since the one before.
 * Two to five bytes a token. For one thread.
 */
final class AttemptBytes implements AttemptFields<RuntimeException> {
  /** Bytes of the key that stands first. */
  static final int KEY = 16;

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
    ByteBuffer.wrap(bytes).putLong(a.intended()).putLong(a.request());
    length = KEY;
    number(a.request());
    number(a.attempt());
    number(a.phase());
    text(a.requestClass());
    number(a.session());
    number(a.turn());
    number(a.user());
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
    number(a.sharedTokens());
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
    number(a.requested());
    number(a.retried() ? 1 : 0);
    number(a.cacheWriteTokens());
    instants(a.silentNanos());
    instants(a.signalNanos());
    instants(a.eventNanos());
    int[] tokens = a.eventTokens();
    makeRoom(5 * tokens.length);
    for (int each : tokens) {
      number(each);
    }
  }

  /** The record of bytes that {@link #write} has made. */
  AttemptRecord read() {
    position = KEY;
    return next();
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

  @Override
  public long number() {
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

  @Override
  public @Nullable String text() {
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

  @Override
  public Events events() {
    long[] nanos = instants();
    int[] tokens = new int[nanos.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) number();
    }
    return new Events(nanos, tokens);
  }

  @Override
  public long[] instants() {
    long[] instants = new long[(int) number()];
    long at = 0;
    for (int i = 0; i < instants.length; i++) {
      at += number();
      instants[i] = at;
    }
    return instants;
  }
}
