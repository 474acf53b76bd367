package dev.candor.load.transport.http;

import static dev.candor.load.transport.http.HttpRig.DONE;
import static dev.candor.load.transport.http.HttpRig.END;
import static dev.candor.load.transport.http.HttpRig.EVENT;
import static dev.candor.load.transport.http.HttpRig.STREAM;
import static dev.candor.load.transport.http.HttpRig.TOKEN;
import static dev.candor.load.transport.http.HttpRig.chunk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no server should send: each attempt ends, typed, early, and the next one is well. */
final class HttpBadInputTest {
  private static final String ANSWER = STREAM + TOKEN + DONE + END;
  private static final long GIB = 1L << 30;

  /** What the kernel's buffers hold of a response that is not read to its end, at most. */
  private static final long BUFFERED = 32L << 20;

  /**
   * Sends {@code first} to the first request and a good answer to the second, on a new connection
   * or the same.
   */
  private static AttemptRecord hostileThenWell(RawServer.Behaviour first) throws Exception {
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  if (head.contains("x-candor-request: 0\r\n")) {
                    return first.answer(head, out);
                  }
                  RawServer.write(out, ANSWER);
                  return true;
                });
        HttpRig rig = new HttpRig(server.url())) {
      AttemptRecord attempt = rig.send();
      AttemptRecord next = rig.send();
      assertThat(next.outcome()).as(next.error()).isEqualTo(Outcome.COMPLETED);
      assertThat(next.outputTokens()).isEqualTo(1);
      return attempt;
    }
  }

  static Stream<Arguments> endless() {
    return Stream.of(
        Arguments.of("a line of an event", STREAM + "7fffffff\r\ndata: ", "x", "a line of over"),
        Arguments.of(
            "an event of many lines", STREAM + "7fffffff\r\n", "data: x\n", "an event of over"),
        Arguments.of("a status line", "HTTP/1.1 200 ", "x", "a status line of over 8192"),
        Arguments.of("a header", "HTTP/1.1 200 OK\r\nx: ", "x", "a response header of over 65536"),
        Arguments.of(
            "headers", "HTTP/1.1 200 OK\r\n", "x: y\r\n", "a response header of over 65536"),
        Arguments.of("an extension", STREAM + "1;", "x", "a chunk's line of over 8192"),
        Arguments.of("a chunk's zeros", STREAM, "0", "a chunk's size of over 8192"),
        Arguments.of("trailers", STREAM + TOKEN + "0\r\n", "t: u\r\n", "trailers of over 65536"),
        Arguments.of(
            "interim responses", "", "HTTP/1.1 102 Processing\r\n\r\n", "over 64 informational"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endless")
  void whatNeverEnds_isOversized_andReadToTheLimitAlone(
      String name, String beginning, String again, String why) throws Exception {
    AtomicLong written = new AtomicLong();
    AttemptRecord attempt =
        hostileThenWell(
            (head, out) -> {
              RawServer.write(out, beginning);
              byte[] block = again.repeat(65536 / again.length()).getBytes(ISO_8859_1);
              while (written.get() < GIB) {
                out.write(block);
                written.addAndGet(block.length);
              }
              return false;
            });
    assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.OVERSIZED);
    assertThat(attempt.error()).contains(why);
    assertThat(attempt.bytesReceived()).isLessThan(8 << 20);
    assertThat(written.get()).isLessThan(BUFFERED);
  }

  static Stream<Arguments> bad() {
    String sized = "HTTP/1.1 200 OK\r\ncontent-length: ";
    String html = "<!doctype html><html><body>Welcome to the gateway</body></html>";
    byte[] garbage = new byte[4096];
    new Random(4).nextBytes(garbage);
    return Stream.of(
        Arguments.of("HTTP/0.9", EVENT + "data: [DONE]\n\n", Outcome.NOT_HTTP, "status line"),
        Arguments.of("HTTP/0.9 HTML", html, Outcome.NOT_HTTP, "'<!doctype html>"),
        Arguments.of("garbage", new String(garbage, ISO_8859_1), Outcome.NOT_HTTP, "status line"),
        Arguments.of("TLS", "\25\3\3\0\2\2\50", Outcome.NOT_HTTP, "https"),
        Arguments.of("-1", STREAM + "-1\r\n" + EVENT, Outcome.NOT_HTTP, "a chunk's size"),
        Arguments.of("overflow", STREAM + "fffffffffffffffff\r\n", Outcome.NOT_HTTP, "63 bits"),
        Arguments.of("wrong chunk", STREAM + "5\r\n" + EVENT, Outcome.NOT_HTTP, "as long as"),
        Arguments.of(
            "huge chunk",
            STREAM + "7fffffffffffffff\r\n" + EVENT,
            Outcome.DISCONNECTED,
            "without its end"),
        Arguments.of("length -5", sized + "-5\r\n\r\n", Outcome.NOT_HTTP, "content-length '-5'"),
        Arguments.of(
            "two lengths",
            sized + "5\r\ncontent-length: 6\r\n\r\n",
            Outcome.NOT_HTTP,
            "both 5 and 6"),
        Arguments.of(
            "length too long",
            sized + "999\r\n\r\n" + EVENT,
            Outcome.DISCONNECTED,
            "without its end"),
        Arguments.of(
            "no header's name", "HTTP/1.1 200 OK\r\noops\r\n\r\n", Outcome.NOT_HTTP, "'oops'"),
        Arguments.of("101", "HTTP/1.1 101 Up\r\n\r\n", Outcome.NOT_HTTP, "another protocol"),
        Arguments.of(
            "HTML with 200", sized + html.length() + "\r\n\r\n" + html, Outcome.MALFORMED, "HTML"),
        Arguments.of(
            "deflate",
            STREAM.replace("\r\n\r\n", "\r\ncontent-encoding: deflate\r\n\r\n"),
            Outcome.COMPRESSED,
            "deflate"),
        Arguments.of(
            "a coding of the transfer",
            STREAM.replace("chunked", "gzip, chunked") + TOKEN,
            Outcome.COMPRESSED,
            "gzip"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void badResponse_isTyped_andSaysWhy(String name, String response, Outcome outcome, String why)
      throws Exception {
    AttemptRecord attempt =
        hostileThenWell(
            (head, out) -> {
              RawServer.write(out, response);
              return false;
            });
    assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(outcome);
    assertThat(attempt.error()).contains(why);
  }

  @Test
  void gzipBomb_isNeverInflated() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    for (String encoding : new String[] {"content-encoding: gzip\r\n", ""}) {
      AttemptRecord attempt =
          hostileThenWell(
              (head, out) -> {
                RawServer.write(
                    out,
                    "HTTP/1.1 200 OK\r\n"
                        + encoding
                        + "content-length: "
                        + bomb.size()
                        + "\r\n\r\n");
                out.write(bomb.toByteArray());
                return true;
              });
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPRESSED);
      assertThat(attempt.bytesReceived()).isLessThanOrEqualTo(bomb.size());
    }
  }

  @Test
  void tenThousandEventsAtOnce_areAllCounted() throws Exception {
    AttemptRecord attempt =
        hostileThenWell(
            (head, out) -> {
              RawServer.write(
                  out, STREAM + TOKEN.repeat(5000) + chunk(EVENT.repeat(5000)) + DONE + END);
              return true;
            });
    assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
    assertThat(attempt.outputTokens()).isEqualTo(10_000);
    assertThat(attempt.eventNanos()).isSorted();
  }

  @Test
  void aByteAPacket_isAnAnswerLikeAnyOther() throws Exception {
    AttemptRecord attempt =
        hostileThenWell(
            (head, out) -> {
              dribble(out, STREAM + TOKEN + TOKEN + DONE + END);
              return true;
            });
    assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
    assertThat(attempt.outputTokens()).isEqualTo(2);
  }

  private static void dribble(OutputStream out, String text) throws IOException {
    for (byte b : text.getBytes(ISO_8859_1)) {
      out.write(b);
      out.flush();
    }
  }

  @Test
  void closedAfterEveryByte_isDisconnectedOrComplete_neverElse() throws Exception {
    byte[] answer = ANSWER.getBytes(ISO_8859_1);
    // Its last event is complete with the second line feed of the last event.
    int complete = ANSWER.lastIndexOf("[DONE]") + 8;
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  int from = head.indexOf("x-candor-request: ") + 18;
                  int number = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
                  out.write(answer, 0, number);
                  return false;
                });
        HttpRig rig = new HttpRig(server.url())) {
      for (int sent = 0; sent <= answer.length; sent++) {
        AttemptRecord attempt = rig.send();
        assertThat(attempt.outcome())
            .as("after %d bytes: %s", sent, attempt.error())
            .isEqualTo(sent < complete ? Outcome.DISCONNECTED : Outcome.COMPLETED);
      }
    }
  }

  @Test
  void contentLengthTooShort_endsTheAnswer_andTheConnection() throws Exception {
    String body = EVENT + "data: [DONE]\n\n";
    AttemptRecord attempt =
        hostileThenWell(
            (head, out) -> {
              RawServer.write(
                  out, "HTTP/1.1 200 OK\r\ncontent-length: " + EVENT.length() + "\r\n\r\n" + body);
              return true;
            });
    assertThat(attempt.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(attempt.bytesReceived()).isEqualTo(EVENT.length());
  }
}
