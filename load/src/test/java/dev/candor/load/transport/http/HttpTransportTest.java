package dev.candor.load.transport.http;

import static dev.candor.load.transport.http.HttpRig.DONE;
import static dev.candor.load.transport.http.HttpRig.END;
import static dev.candor.load.transport.http.HttpRig.EVENT;
import static dev.candor.load.transport.http.HttpRig.LONG;
import static dev.candor.load.transport.http.HttpRig.MS;
import static dev.candor.load.transport.http.HttpRig.STREAM;
import static dev.candor.load.transport.http.HttpRig.TOKEN;
import static dev.candor.load.transport.http.HttpRig.chunk;
import static dev.candor.load.transport.http.HttpRig.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers do to a client over a socket, hostile ones too: each attempt ends, typed. */
final class HttpTransportTest {
  private static final long BRIEF = 300 * MS;
  private static final String ROLE =
      chunk("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");

  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void letServersGo() {
    over.countDown();
  }

  private static AttemptRecord sendOne(Timeouts timeouts, RawServer.Behaviour behaviour)
      throws Exception {
    try (RawServer server = new RawServer(behaviour)) {
      return send(server.url(), timeouts, true, 1).getFirst();
    }
  }

  @Test
  void keepAlive_oneConnectionServesAll() throws Exception {
    try (RawServer server =
        new RawServer(
            (head, out) -> {
              RawServer.write(out, STREAM + ROLE + TOKEN + DONE + END);
              return true;
            })) {
      List<AttemptRecord> attempts = send(server.url(), LONG, true, 5);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(1);
      assertThat(attempts.stream().filter(a -> a.connectNanos() != AttemptRecord.NONE)).hasSize(1);
    }
  }

  @Test
  void connectionClose_isHeeded() throws Exception {
    String closing = STREAM.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
    try (RawServer server =
        new RawServer(
            (head, out) -> {
              RawServer.write(out, closing + TOKEN + DONE + END);
              return false;
            })) {
      List<AttemptRecord> attempts = send(server.url(), LONG, true, 3);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(3);
    }
  }

  static Stream<Arguments> timeouts() {
    long connect = LONG.connectNanos();
    long later = 30 * BRIEF;
    return Stream.of(
        Arguments.of(
            Outcome.TIMEOUT_HEADERS, "", new Timeouts(connect, BRIEF, later, later, later)),
        Arguments.of(
            Outcome.TIMEOUT_FIRST_TOKEN,
            STREAM + ROLE + chunk(": still here\n\n"),
            new Timeouts(connect, later, BRIEF, later, later)),
        Arguments.of(
            Outcome.TIMEOUT_IDLE,
            STREAM + ROLE + TOKEN,
            new Timeouts(connect, later, later, BRIEF, later)),
        Arguments.of(
            Outcome.TIMEOUT_TOTAL,
            STREAM + ROLE + TOKEN,
            new Timeouts(connect, later, later, later, BRIEF)));
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void silence_isATimeoutOfItsStage(Outcome outcome, String said, Timeouts timeouts)
      throws Exception {
    AttemptRecord attempt =
        sendOne(
            timeouts,
            (head, out) -> {
              RawServer.write(out, said);
              over.await();
              return false;
            });
    assertThat(attempt.outcome()).isEqualTo(outcome);
    assertThat(attempt.error()).contains("over 300 ms");
    assertThat(attempt.end() - attempt.sent()).isGreaterThanOrEqualTo(BRIEF);
  }

  @Test
  void endlessDrip_endsAtTheTotalTimeout() throws Exception {
    Timeouts timeouts =
        new Timeouts(
            LONG.connectNanos(), LONG.headersNanos(), LONG.firstTokenNanos(), 2 * BRIEF, 3 * BRIEF);
    AttemptRecord attempt =
        sendOne(
            timeouts,
            (head, out) -> {
              RawServer.write(out, STREAM);
              while (!over.await(20, TimeUnit.MILLISECONDS)) {
                RawServer.write(out, TOKEN);
              }
              return false;
            });
    assertThat(attempt.outcome()).isEqualTo(Outcome.TIMEOUT_TOTAL);
    assertThat(attempt.outputTokens()).isGreaterThan(3);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void listenerThatNeverAccepts_isAConnectTimeout() throws Exception {
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Linux leaves further connections unanswered once the backlog is full.
      for (int i = 0; i < 4; i++) {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
          filler.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 100);
        } catch (IOException e) {
          // Full.
        }
      }
      Timeouts brief = new Timeouts(BRIEF, 9000 * MS, 9000 * MS, 9000 * MS, 9000 * MS);
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/v1");
      AttemptRecord attempt = send(url, brief, true, 1).getFirst();
      assertThat(attempt.outcome()).isEqualTo(Outcome.TIMEOUT_CONNECT);
      assertThat(attempt.sent()).isEqualTo(AttemptRecord.NONE);
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  static Stream<Arguments> answers() {
    String gzip = STREAM.replace("\r\n\r\n", "\r\ncontent-encoding: gzip\r\n\r\n");
    String untilClose = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    String empty = "\r\ncontent-length: 0\r\n\r\n";
    return Stream.of(
        Arguments.of("a whole stream", STREAM + ROLE + TOKEN + DONE + END, Outcome.COMPLETED),
        Arguments.of("no end event", STREAM + ROLE + TOKEN + END, Outcome.TRUNCATED),
        Arguments.of("broken in the middle", STREAM + ROLE + TOKEN, Outcome.DISCONNECTED),
        Arguments.of("broken in the head", "HTTP/1.1 200 O", Outcome.DISCONNECTED),
        Arguments.of("closed at once", "", Outcome.DISCONNECTED),
        Arguments.of("up to the close", untilClose + EVENT + "data: [DONE]\n\n", Outcome.COMPLETED),
        Arguments.of("up to the close, cut", untilClose + EVENT, Outcome.TRUNCATED),
        Arguments.of(
            "an interim response first",
            "HTTP/1.1 100 Continue\r\n\r\n" + STREAM + TOKEN + DONE + END,
            Outcome.COMPLETED),
        Arguments.of("gzip that nobody asked for", gzip + TOKEN + END, Outcome.COMPRESSED),
        Arguments.of("not HTTP", "220 smtp.example ESMTP\r\n", Outcome.NOT_HTTP),
        Arguments.of("a bad chunk", STREAM + "zz\r\nhello\r\n", Outcome.NOT_HTTP),
        Arguments.of(
            "an endless header",
            "HTTP/1.1 200 OK\r\nx: " + "y".repeat(200_000) + "\r\n\r\n",
            Outcome.OVERSIZED),
        Arguments.of("a redirect", "HTTP/1.1 302 Found\r\nlocation: /" + empty, Outcome.REJECTED),
        Arguments.of("forbidden", "HTTP/1.1 403 No" + empty, Outcome.UNAUTHORIZED),
        Arguments.of("no such path", "HTTP/1.1 404 No" + empty, Outcome.NOT_FOUND),
        Arguments.of("too many", "HTTP/1.1 429 No" + empty, Outcome.RATE_LIMITED),
        Arguments.of("overloaded", "HTTP/1.1 529 Busy" + empty, Outcome.SERVER_ERROR));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void answer_thenClose_isItsOutcome(String name, String answer, Outcome outcome) throws Exception {
    AttemptRecord attempt =
        sendOne(
            LONG,
            (head, out) -> {
              RawServer.write(out, answer);
              return false;
            });
    assertThat(attempt.outcome()).as("%s: %s", name, attempt.error()).isEqualTo(outcome);
    if (outcome != Outcome.COMPLETED) {
      assertThat(attempt.error()).isNotBlank();
    }
  }

  @Test
  void endEvent_completesTheAnswer_whetherOrNotTheBodyEnds() throws Exception {
    AttemptRecord attempt =
        sendOne(
            LONG,
            (head, out) -> {
              RawServer.write(out, STREAM + TOKEN + DONE);
              over.await();
              return false;
            });
    assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void leaving_afterSomeTokens_closesTheConnection_andTheServerNotices() throws Exception {
    CountDownLatch noticed = new CountDownLatch(1);
    RawServer.Behaviour endless =
        (head, out) -> {
          RawServer.write(out, STREAM + ROLE);
          try {
            while (over.getCount() > 0) {
              RawServer.write(out, TOKEN);
              Thread.sleep(1);
            }
          } catch (IOException e) {
            noticed.countDown();
            throw e;
          }
          return false;
        };
    try (RawServer server = new RawServer(endless)) {
      AttemptRecord left = send(server.url(), LONG, true, 1, 3).getFirst();
      assertThat(left.outcome()).isEqualTo(Outcome.ABANDONED);
      assertThat(left.error()).contains("read enough");
      assertThat(left.eventNanos()).hasSizeBetween(3, 100);
      assertThat(noticed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void leaving_isForStreams_aWholeAnswerIsThereAtOnce() throws Exception {
    String json = "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}";
    String answer =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(json.length(), json);
    try (RawServer server =
        new RawServer(
            (head, out) -> {
              RawServer.write(out, answer);
              return true;
            })) {
      AttemptRecord whole = send(server.url(), LONG, false, 1, 1).getFirst();
      assertThat(whole.outcome()).as(whole.error()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void wholeAnswer_hasNoTokenTimes() throws Exception {
    String body =
        "{\"choices\":[{\"message\":{\"content\":\"hi\"}}],\"usage\":{\"completion_tokens\":3}}";
    try (RawServer server =
        new RawServer(
            (head, out) -> {
              RawServer.write(
                  out, "HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
              return true;
            })) {
      AttemptRecord attempt = send(server.url(), LONG, false, 1).getFirst();
      assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(attempt.first()).isEqualTo(AttemptRecord.NONE);
      assertThat(attempt.last()).isEqualTo(AttemptRecord.NONE);
      assertThat(attempt.outputTokens()).isEqualTo(3);
      assertThat(attempt.eventTokens()).containsExactly(3);
    }
  }
}
