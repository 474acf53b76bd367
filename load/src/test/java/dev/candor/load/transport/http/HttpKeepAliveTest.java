package dev.candor.load.transport.http;

import static dev.candor.load.transport.http.HttpRig.DONE;
import static dev.candor.load.transport.http.HttpRig.END;
import static dev.candor.load.transport.http.HttpRig.STREAM;
import static dev.candor.load.transport.http.HttpRig.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are used again, and servers that close them at that moment. */
final class HttpKeepAliveTest {
  private static final String ANSWER = STREAM + TOKEN + DONE + END;

  /** How a server parts from a connection. */
  enum Parting {
    CLOSE,
    RESET
  }

  private static boolean leave(RawServer.Peer peer, Parting parting) throws Exception {
    if (parting == Parting.RESET) {
      peer.socket().setSoLinger(true, 0);
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOSE", "RESET"})
  void keptConnectionClosedAtTheRequest_isSentOnceMore_onANewOne(Parting parting) throws Exception {
    try (RawServer server =
            new RawServer(
                peer -> {
                  if (peer.requests() > 1) {
                    return leave(peer, parting);
                  }
                  RawServer.write(peer.out(), ANSWER);
                  return true;
                });
        HttpRig rig = new HttpRig(server.url())) {
      List<AttemptRecord> attempts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        attempts.add(rig.send());
      }
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(attempts.getFirst().resends()).isZero();
      // Every later one finds the connection that the one before it opened, and loses it.
      assertThat(attempts.subList(1, 20)).allMatch(a -> a.resends() == 1);
      assertThat(attempts.subList(1, 20))
          .allMatch(a -> a.connectNanos() > 0 && a.sent() > a.intended() && a.first() > a.sent());
      assertThat(server.connections).hasValue(20);
    }
  }

  @Test
  void manyKeptConnections_closedRightBehindTheirAnswer_loseNoRequest() throws Exception {
    int users = 40;
    int rounds = 25;
    try (RawServer server =
            new RawServer(
                peer -> {
                  RawServer.write(peer.out(), ANSWER);
                  // Some stay open, the others close while the next request is on its way.
                  return peer.requests() % 3 != 0;
                });
        HttpRig rig = new HttpRig(server.url())) {
      for (int round = 0; round < rounds; round++) {
        List<CompletableFuture<AttemptRecord>> started = new ArrayList<>();
        for (int user = 0; user < users; user++) {
          started.add(rig.start(new byte[] {'{', '}'}));
        }
        for (CompletableFuture<AttemptRecord> each : started) {
          AttemptRecord attempt = each.get(30, TimeUnit.SECONDS);
          assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
        }
      }
      assertThat(server.connections.get()).isBetween(users, users * rounds);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOSE", "RESET"})
  void newConnectionClosedAtTheRequest_isDisconnected(Parting parting) throws Exception {
    try (RawServer server = new RawServer(peer -> leave(peer, parting));
        HttpRig rig = new HttpRig(server.url())) {
      AttemptRecord attempt = rig.send();
      assertThat(attempt.outcome()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(attempt.error()).startsWith("the connection closed before a response");
      assertThat(attempt.resends()).isZero();
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void resentRequest_thatIsClosedOnAgain_isDisconnected() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawServer server =
            new RawServer(
                peer -> {
                  if (requests.getAndIncrement() > 0) {
                    return false;
                  }
                  RawServer.write(peer.out(), ANSWER);
                  return true;
                });
        HttpRig rig = new HttpRig(server.url())) {
      rig.send();
      AttemptRecord attempt = rig.send();
      assertThat(attempt.outcome()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(attempt.resends()).isEqualTo(1);
      assertThat(requests).hasValue(3);
    }
  }

  @Test
  void keptConnectionBrokenAmidTheResponse_isNotSentAgain() throws Exception {
    try (RawServer server =
            new RawServer(
                peer -> {
                  RawServer.write(peer.out(), peer.requests() > 1 ? "H" : ANSWER);
                  return peer.requests() == 1;
                });
        HttpRig rig = new HttpRig(server.url())) {
      rig.send();
      AttemptRecord attempt = rig.send();
      assertThat(attempt.outcome()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(attempt.resends()).isZero();
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void bodysEndInAPacketOfItsOwn_keepsTheConnection() throws Exception {
    Semaphore answered = new Semaphore(0);
    try (RawServer server =
            new RawServer(
                peer -> {
                  RawServer.write(peer.out(), STREAM + TOKEN + DONE);
                  boolean heard = answered.tryAcquire(30, TimeUnit.SECONDS);
                  RawServer.write(peer.out(), END);
                  return heard;
                });
        HttpRig rig = new HttpRig(server.url())) {
      for (int i = 0; i < 3; i++) {
        assertThat(rig.send().outcome()).isEqualTo(Outcome.COMPLETED);
        answered.release();
        // For the end to reach the connection, which nothing here can be told of.
        Thread.sleep(100);
      }
      // A slow machine may be late with an end; a client that closes makes three.
      assertThat(server.connections.get()).isLessThan(3);
    }
  }

  @Test
  void bytesBehindAnAnswer_closeTheConnection_andCountForNobody() throws Exception {
    try (RawServer server =
            new RawServer(
                peer -> {
                  RawServer.write(peer.out(), ANSWER + ANSWER);
                  return true;
                });
        HttpRig rig = new HttpRig(server.url())) {
      for (int i = 0; i < 3; i++) {
        AttemptRecord attempt = rig.send();
        assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(attempt.outputTokens()).isEqualTo(1);
      }
      assertThat(server.connections).hasValue(3);
    }
  }

  @Test
  void bytesOnAnIdleConnection_closeIt() throws Exception {
    try (RawServer server =
            new RawServer(
                peer -> {
                  RawServer.write(peer.out(), ANSWER);
                  Thread.sleep(50);
                  RawServer.write(peer.out(), ANSWER);
                  return true;
                });
        HttpRig rig = new HttpRig(server.url())) {
      for (int i = 0; i < 3; i++) {
        AttemptRecord attempt = rig.send();
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
        assertThat(attempt.outputTokens()).isEqualTo(1);
        // Until the connection is seen closed by the server's side.
        server.awaitClosed(i + 1);
      }
      assertThat(server.connections).hasValue(3);
    }
  }
}
