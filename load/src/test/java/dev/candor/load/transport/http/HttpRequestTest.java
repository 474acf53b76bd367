package dev.candor.load.transport.http;

import static dev.candor.load.transport.http.HttpRig.DONE;
import static dev.candor.load.transport.http.HttpRig.END;
import static dev.candor.load.transport.http.HttpRig.STREAM;
import static dev.candor.load.transport.http.HttpRig.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are written, long ones too. */
final class HttpRequestTest {
  private static final String ANSWER = STREAM + TOKEN + DONE + END;

  private static byte[] body(int length) {
    byte[] body = new byte[length];
    new Random(length).nextBytes(body);
    return body;
  }

  /** Reads a head, up to its blank line. */
  private static void readHead(InputStream in) throws Exception {
    int last = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      last = last << 8 | next;
      if (last == 0x0D0A0D0A) {
        return;
      }
    }
    throw new AssertionError("no whole head");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 64 << 10, (64 << 10) + 1, 300_000, 8 << 20})
  void body_arrivesByteForByte(int length) throws Exception {
    byte[] body = body(length);
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = listener.accept()) {
                  readHead(socket.getInputStream());
                  received.complete(socket.getInputStream().readNBytes(length));
                  RawServer.write(socket.getOutputStream(), ANSWER);
                  socket.getInputStream().read();
                } catch (Exception e) {
                  received.completeExceptionally(e);
                }
              });
      URI url = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
      try (HttpRig rig = new HttpRig(url)) {
        AttemptRecord attempt = rig.send(body);
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
        assertThat(Arrays.equals(received.get(20, TimeUnit.SECONDS), body)).isTrue();
        assertThat(attempt.http().send()).isNotNegative();
        assertThat(attempt.sent()).isGreaterThan(attempt.intended());
        assertThat(attempt.first()).isGreaterThan(attempt.sent());
      }
    }
  }

  @Test
  void serverThatDoesNotRead_holdsUpNoOtherUser() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    byte[] body = body(32 << 20);
    try (ServerSocket stuck = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      // The first connection is not read from until the others have had their answers.
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket slow = stuck.accept()) {
                  Thread.ofVirtual().start(() -> serveOthers(stuck));
                  read.await();
                  readHead(slow.getInputStream());
                  slow.getInputStream().readNBytes(body.length);
                  RawServer.write(slow.getOutputStream(), ANSWER);
                  slow.getInputStream().read();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      URI url = URI.create("http://127.0.0.1:" + stuck.getLocalPort() + "/v1");
      try (HttpRig rig = new HttpRig(url)) {
        CompletableFuture<AttemptRecord> large = rig.start(body);
        for (int i = 0; i < 3; i++) {
          assertThat(rig.send().outcome()).isEqualTo(Outcome.COMPLETED);
        }
        assertThat(large).isNotDone();
        read.countDown();
        AttemptRecord attempt = large.get(30, TimeUnit.SECONDS);
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
        // The socket took the last byte only when the server had begun to read.
        assertThat(attempt.http().send()).isPositive();
      }
    }
  }

  private static void serveOthers(ServerSocket listener) {
    try {
      while (true) {
        Socket socket = listener.accept();
        readHead(socket.getInputStream());
        socket.getInputStream().readNBytes(2);
        RawServer.write(
            socket.getOutputStream(),
            ANSWER.replace("chunked\r\n", "chunked\r\nconnection: close\r\n"));
      }
    } catch (Exception e) {
      // The test is over.
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusalAheadOfTheBody_stopsTheSending(boolean closes) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    byte[] body = body(64 << 20);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = listener.accept()) {
                  readHead(socket.getInputStream());
                  RawServer.write(
                      socket.getOutputStream(),
                      "HTTP/1.1 413 Too Large\r\ncontent-length: 9\r\n\r\ntoo large");
                  if (!closes) {
                    // The rest of the body would be the next request's, were there one on it.
                    try (Socket next = listener.accept()) {
                      readHead(next.getInputStream());
                      RawServer.write(next.getOutputStream(), ANSWER);
                      over.await();
                    }
                  }
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      URI url = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
      try (HttpRig rig = new HttpRig(url)) {
        AttemptRecord attempt = rig.send(body);
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.REJECTED);
        assertThat(attempt.error()).contains("413").contains("too large");
        if (!closes) {
          assertThat(rig.send().outcome()).isEqualTo(Outcome.COMPLETED);
        }
      } finally {
        over.countDown();
      }
    }
  }

  @Test
  void keptConnection_isUsedAtOnce() throws Exception {
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  RawServer.write(out, ANSWER);
                  return true;
                });
        HttpRig rig = new HttpRig(server.url())) {
      assertThat(rig.send().connectNanos()).isPositive();
      AttemptRecord second = rig.send();
      assertThat(second.connectNanos()).isEqualTo(AttemptRecord.NONE);
      assertThat(second.http().blocked()).isNotNegative();
    }
  }
}
