package dev.candor.load.transport.http;

import static dev.candor.load.transport.http.Http2Server.DONE;
import static dev.candor.load.transport.http.Http2Server.EVENT;
import static dev.candor.load.transport.http.TestClient.HTTP_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.load.transport.http.TestClient.Settings;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import dev.candor.scenario.Timeouts;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** HTTP/2 by prior knowledge against a server of Netty's. */
final class Http2Test {
  private static final long MS = 1_000_000;

  private static Http2Server server(int streams, Http2Server.Behaviour behaviour) {
    return new Http2Server(
        null, Http2Settings.defaultSettings().maxConcurrentStreams(streams), behaviour);
  }

  @Test
  void requests_shareAConnection_andComeWithTheirHeads() throws Exception {
    List<Http2Server.Answer> all = new ArrayList<>();
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  all.add(a);
                  if (all.size() == 20) {
                    all.forEach(Http2Server.Answer::whole);
                  }
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      List<AttemptRecord> attempts = client.together(20);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(1);
      assertThat(server.mostInFlight).hasValue(20);
      AttemptRecord first = attempts.getFirst();
      assertThat(first.sent()).isLessThanOrEqualTo(first.headers());
      assertThat(first.headers()).isLessThanOrEqualTo(first.first());
      assertThat(first.bytesReceived()).isEqualTo(EVENT.length() + DONE.length());
      assertThat(first.connectNanos()).isPositive();
      assertThat(first.http().tcp()).isPositive();
      assertThat(first.http().rtt()).isPositive();
      Http2Headers head = server.heads.element();
      assertThat(head.method()).hasToString("POST");
      assertThat(head.path()).hasToString("/v1/chat/completions");
      assertThat(head.scheme()).hasToString("http");
      assertThat(head.authority()).hasToString(server.url().getAuthority());
      assertThat(head.get("x-candor-request")).hasToString("0");
      assertThat(head.get("content-length")).hasToString("2");
    }
  }

  @Test
  void beyondTheServersStreams_anotherConnectionIsMade() throws Exception {
    try (Http2Server server = server(4, a -> a.after(50, a::whole));
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      assertThat(client.together(10)).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(3);
      assertThat(client.inTurn(5)).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(3);
    }
  }

  @Test
  void most_holdsBackWhatTheStreamsDoNotTake() throws Exception {
    Connections one = new Connections(HttpVersion.HTTP_2, false, true, 1, null, null, null);
    try (Http2Server server = server(2, a -> a.after(20, a::whole));
        TestClient client = new TestClient(Settings.of(one), server.url())) {
      List<AttemptRecord> attempts = client.together(6);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(1);
      assertThat(server.mostInFlight).hasValue(2);
      assertThat(attempts.getLast().http().blocked()).isGreaterThan(20 * MS);
    }
  }

  @Test
  void perRequest_eachHasItsConnection_whichIsKept() throws Exception {
    Connections single = new Connections(HttpVersion.HTTP_2, true, true, 0, null, null, null);
    try (Http2Server server = Http2Server.plain(a -> a.after(50, a::whole));
        TestClient client = new TestClient(Settings.of(single), server.url())) {
      assertThat(client.together(5)).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(5);
      assertThat(client.inTurn(5)).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(5);
    }
  }

  @Test
  void perRequestWithoutKeepAlive_isANewConnectionEachTime() throws Exception {
    Connections single = new Connections(HttpVersion.HTTP_2, true, false, 0, null, null, null);
    try (Http2Server server = Http2Server.plain(Http2Server.Answer::whole);
        TestClient client = new TestClient(Settings.of(single), server.url())) {
      assertThat(client.inTurn(3)).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(3);
    }
  }

  @Test
  void largeBody_goesOutUnderTheServersWindows() throws Exception {
    Http2Settings small = Http2Settings.defaultSettings().initialWindowSize(1000);
    try (Http2Server server = new Http2Server(null, small, Http2Server.Answer::whole);
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      TestClient.Sent large = client.send("x".repeat(300_000));
      assertThat(large.await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(server.bodyBytes).hasValue(300_000);
    }
  }

  @Test
  void largeAnswer_isNotHeldBackByOurWindows() throws Exception {
    String comment = ": " + "x".repeat(16_000) + "\n\n";
    try (Http2Server server =
            Http2Server.plain(a -> a.head(200).data(comment.repeat(1000)).data(EVENT).end(DONE));
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(attempt.bytesReceived()).isGreaterThan(16_000_000);
    }
  }

  @Test
  void endEvent_completes_andAStreamThatNeverEndsIsReset() throws Exception {
    try (Http2Server server = Http2Server.plain(a -> a.head(200).data(EVENT).data(DONE));
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      waitFor(() -> server.resets.size() == 2);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void trailers_endTheAnswer() throws Exception {
    try (Http2Server server = Http2Server.plain(a -> a.head(200).data(EVENT + DONE).trailers());
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void interimHead_isPassedOver() throws Exception {
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  a.head(103);
                  a.whole();
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
      assertThat(attempt.httpStatus()).isEqualTo(200);
    }
  }

  @Test
  void errorStatus_isItsOutcome_withWhatTheServerSays() throws Exception {
    try (Http2Server server =
            Http2Server.plain(a -> a.head(429).end("{\"error\":{\"message\":\"slow down\"}}"));
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.RATE_LIMITED);
      assertThat(attempt.error()).contains("slow down");
    }
  }

  @Test
  void cut_resetsTheStream_andTheConnectionLivesOn() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  if (a.number() == 0) {
                    a.head(200).data(EVENT);
                    there.countDown();
                  } else {
                    a.whole();
                  }
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      TestClient.Sent attempt = client.send();
      there.await();
      client.cut(attempt, Outcome.CANCELLED);
      assertThat(attempt.await().outcome()).isEqualTo(Outcome.CANCELLED);
      waitFor(() -> server.resets.contains(Http2Error.CANCEL.code()));
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void silence_isATimeout_thatLeavesTheOthersAlone() throws Exception {
    Settings settings = Settings.of(HTTP_2);
    settings.timeouts = new Timeouts(9000 * MS, 300 * MS, 9000 * MS, 9000 * MS, 9000 * MS);
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  if (a.number() == 1) {
                    a.head(200).data(EVENT).after(600, () -> a.end(DONE));
                  }
                });
        TestClient client = new TestClient(settings, server.url())) {
      List<AttemptRecord> attempts = client.together(2);
      assertThat(attempts)
          .extracting(AttemptRecord::outcome)
          .containsExactlyInAnyOrder(Outcome.TIMEOUT_HEADERS, Outcome.COMPLETED);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void refusedStream_isSentAgainOnce() throws Exception {
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  if (a.number() == 0) {
                    a.reset(Http2Error.REFUSED_STREAM);
                  } else {
                    a.whole();
                  }
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(attempt.resends()).isEqualTo(1);
    }
    try (Http2Server server = Http2Server.plain(a -> a.reset(Http2Error.REFUSED_STREAM));
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(attempt.error()).contains("REFUSED_STREAM");
      assertThat(server.requests).hasValue(2);
    }
  }

  @Test
  void reset_isADisconnection_andTheConnectionLivesOn() throws Exception {
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  if (a.number() == 0) {
                    a.head(200).data(EVENT).reset(Http2Error.INTERNAL_ERROR);
                  } else {
                    a.whole();
                  }
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(attempt.error()).contains("1 token event");
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void goAway_whatIsProcessedGoesOn_theNextTakesAnotherConnection() throws Exception {
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  if (a.number() == 0) {
                    a.head(200).data(EVENT).goAway(0);
                    a.after(100, () -> a.end(DONE));
                  } else {
                    a.whole();
                  }
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      TestClient.Sent first = client.send();
      waitFor(() -> server.requests.get() == 1);
      TimeUnit.MILLISECONDS.sleep(30);
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(first.await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void closedInTheMiddle_everyStreamIsADisconnection_andTheRunGoesOn() throws Exception {
    try (Http2Server server =
            Http2Server.plain(
                a -> {
                  a.head(200).data(EVENT);
                  if (a.number() == 2) {
                    a.after(50, () -> a.context().close());
                  } else if (a.number() > 2) {
                    a.end(DONE);
                  }
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      assertThat(client.together(3)).allMatch(a -> a.outcome() == Outcome.DISCONNECTED);
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void endlessHeaders_areOversized() throws Exception {
    try (Http2Server server =
            Http2Server.plain(a -> a.head(200, "x-long", "y".repeat(100_000)).end(DONE));
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.OVERSIZED);
    }
  }

  @Test
  void aServerOfHttp1_isSaidToBeOne() throws Exception {
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  RawServer.write(out, "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
                  return false;
                });
        TestClient client = new TestClient(Settings.of(HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(attempt.error())
          .contains("does not begin HTTP/2", "target.connections.http: \"1.1\"");
    }
  }

  private static void waitFor(java.util.function.BooleanSupplier condition) throws Exception {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
