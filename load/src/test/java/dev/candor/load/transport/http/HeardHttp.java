package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.candor.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down what a parser tells, a line a response; body ranges are joined. */
final class HeardHttp implements Http1Response.Listener {
  final List<String> responses = new ArrayList<>();
  private final Http1Response parser;
  private final StringBuilder now = new StringBuilder();

  /** Framing and body alone, not how the body is coded and whether the connection is kept. */
  boolean terse;

  @Nullable Outcome broken;
  String why = "";

  HeardHttp(Http1Response parser) {
    this.parser = parser;
  }

  /** What is heard of {@code bytes}, in pieces of which each ends at one of {@code cuts}. */
  static HeardHttp of(byte[] bytes, int... cuts) {
    return of(false, bytes, cuts);
  }

  static HeardHttp of(boolean terse, byte[] bytes, int... cuts) {
    HeardHttp heard = new HeardHttp(new Http1Response());
    heard.terse = terse;
    int from = 0;
    for (int cut : cuts) {
      heard.read(bytes, from, cut);
      from = cut;
    }
    heard.read(bytes, from, bytes.length);
    return heard;
  }

  static HeardHttp of(String text, int... cuts) {
    return of(text.getBytes(ISO_8859_1), cuts);
  }

  /** Each byte in a read of its own. */
  static HeardHttp byteByByte(byte[] bytes) {
    HeardHttp heard = new HeardHttp(new Http1Response());
    for (int i = 0; i < bytes.length; i++) {
      heard.read(bytes, i, i + 1);
    }
    return heard;
  }

  private void read(byte[] bytes, int from, int to) {
    // Amid bytes of others, which the parser must leave alone.
    byte[] buffer = new byte[to - from + 20];
    System.arraycopy(bytes, from, buffer, 10, to - from);
    int at = 10;
    while (at < buffer.length - 10 && broken == null) {
      at += parser.read(buffer, at, buffer.length - 10 - at, this);
    }
    for (int i = 0; i < 10; i++) {
      if (buffer[i] != 0 || buffer[buffer.length - 1 - i] != 0) {
        throw new AssertionError("wrote outside of its range");
      }
    }
  }

  /** Fields of responses that refused. */
  final Map<String, String> kept = new TreeMap<>();

  /** All that was heard, the response under way too. */
  String all() {
    String open = now.isEmpty() ? "" : now + "…";
    String end = broken == null ? "" : broken.key();
    return String.join("\n", responses) + "\n" + open + end;
  }

  @Override
  public void onHead(int status, @Nullable String encoding, Map<String, String> fields) {
    now.append(status).append(terse || encoding == null ? "" : " " + encoding).append(" [");
    kept.putAll(fields);
  }

  @Override
  public void onBody(byte[] bytes, int offset, int length) {
    if (length == 0) {
      throw new AssertionError("an empty range");
    }
    now.append(new String(bytes, offset, length, ISO_8859_1));
  }

  @Override
  public void onEnd() {
    responses.add(now.append(terse ? "]" : parser.keepAlive() ? "] kept" : "] closed").toString());
    now.setLength(0);
  }

  @Override
  public void onBroken(Outcome outcome, String reason) {
    if (broken != null) {
      throw new AssertionError("broken twice");
    }
    broken = outcome;
    why = reason;
  }
}
