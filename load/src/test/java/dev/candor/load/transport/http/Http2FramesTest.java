package dev.candor.load.transport.http;

import static dev.candor.load.transport.http.FrameServer.CONTINUATION;
import static dev.candor.load.transport.http.FrameServer.DATA;
import static dev.candor.load.transport.http.FrameServer.END_HEADERS;
import static dev.candor.load.transport.http.FrameServer.GOAWAY;
import static dev.candor.load.transport.http.FrameServer.HEADERS;
import static dev.candor.load.transport.http.FrameServer.PING;
import static dev.candor.load.transport.http.FrameServer.RST_STREAM;
import static dev.candor.load.transport.http.FrameServer.SETTINGS;
import static dev.candor.load.transport.http.FrameServer.STATUS_200;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.load.transport.http.FrameServer.Wire;
import dev.candor.load.transport.http.TestClient.Settings;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that a server of good faith would not send: each ends an attempt, none ends the run. */
final class Http2FramesTest {
  private static final long MS = 1_000_000;
  private static final byte[] REFUSED_STREAM = {0, 0, 0, 7};

  /** Frames without end, until the client breaks off. */
  enum Flood {
    CONTINUATIONS(Outcome.OVERSIZED) {
      @Override
      void send(Wire wire, int stream) throws IOException {
        wire.frame(HEADERS, 0, stream, STATUS_200);
        while (true) {
          wire.frame(CONTINUATION, 0, stream, longHeader());
        }
      }
    },
    EMPTY_CONTINUATIONS(Outcome.NOT_HTTP) {
      @Override
      void send(Wire wire, int stream) throws IOException {
        wire.frame(HEADERS, 0, stream, STATUS_200);
        while (true) {
          wire.frame(CONTINUATION, 0, stream);
        }
      }
    },
    SETTINGS_THAT_WANT_AN_ANSWER(Outcome.NOT_HTTP) {
      @Override
      void send(Wire wire, int stream) throws IOException {
        while (true) {
          wire.frame(SETTINGS, 0, 0);
        }
      }
    },
    PINGS_THAT_WANT_AN_ANSWER(Outcome.NOT_HTTP) {
      @Override
      void send(Wire wire, int stream) throws IOException {
        while (true) {
          wire.frame(PING, 0, 0, new byte[8]);
        }
      }
    },
    EMPTY_DATA(Outcome.DISCONNECTED) {
      @Override
      void send(Wire wire, int stream) throws IOException {
        wire.frame(HEADERS, END_HEADERS, stream, STATUS_200);
        while (true) {
          wire.frame(DATA, 0, stream);
        }
      }
    };

    private final Outcome outcome;

    Flood(Outcome outcome) {
      this.outcome = outcome;
    }

    abstract void send(Wire wire, int stream) throws IOException;

    /** A literal header field, not indexed: a name of one letter, a value of 16,000. */
    private static byte[] longHeader() {
      byte[] field = new byte[16_000];
      ByteBuffer.wrap(field).put((byte) 0).put((byte) 1).put((byte) 'x');
      // The length of the value: a prefix of seven bits that are full, the rest in sevens.
      int rest = field.length - 6 - 127;
      field[3] = 127;
      field[4] = (byte) ((rest & 0x7f) | 0x80);
      field[5] = (byte) (rest >> 7);
      Arrays.fill(field, 6, field.length, (byte) 'y');
      return field;
    }
  }

  @ParameterizedTest
  @EnumSource
  void flood_endsItsAttempt_andTheRunGoesOn(Flood flood) throws Exception {
    Settings settings = Settings.of(TestClient.HTTP_2);
    try (FrameServer server =
            new FrameServer(
                (wire, connection) -> {
                  if (connection == 0) {
                    flood.send(wire, wire.request());
                  } else {
                    wire.serveAll();
                  }
                });
        TestClient client = new TestClient(settings, server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(flood.outcome);
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void goAway_whatTheServerHasNotProcessed_isSentAgainElsewhere() throws Exception {
    try (FrameServer server =
            new FrameServer(
                (wire, connection) -> {
                  if (connection > 0) {
                    wire.serveAll();
                    return;
                  }
                  int first = wire.request();
                  wire.request();
                  wire.request();
                  wire.frame(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(first).array());
                  wire.answer(first);
                  wire.serveAll();
                });
        TestClient client = new TestClient(Settings.of(TestClient.HTTP_2), server.url())) {
      List<TestClient.Sent> sent = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sent.add(client.send());
      }
      List<Integer> resends = new ArrayList<>();
      for (TestClient.Sent each : sent) {
        AttemptRecord attempt = each.await();
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
        resends.add(attempt.resends());
      }
      assertThat(resends).containsExactlyInAnyOrder(0, 1, 1);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void goAway_ofEveryStream_isANoticeAllTheSame() throws Exception {
    try (FrameServer server =
            new FrameServer(
                (wire, connection) -> {
                  int first = wire.request();
                  if (connection == 0) {
                    wire.frame(
                        GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array());
                  }
                  wire.answer(first);
                  wire.serveAll();
                });
        TestClient client = new TestClient(Settings.of(TestClient.HTTP_2), server.url())) {
      assertThat(client.inTurn(2))
          .allMatch(a -> a.outcome() == Outcome.COMPLETED && a.resends() == 0);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void refusedInTheMiddleOfItsAnswer_isNotSentAgain() throws Exception {
    try (FrameServer server =
            new FrameServer(
                (wire, connection) -> {
                  int stream = wire.request();
                  wire.frame(HEADERS, END_HEADERS, stream, STATUS_200);
                  wire.frame(DATA, 0, stream, Http2Server.EVENT.getBytes(UTF_8));
                  wire.frame(RST_STREAM, 0, stream, REFUSED_STREAM);
                  wire.flush();
                  wire.serveAll();
                });
        TestClient client = new TestClient(Settings.of(TestClient.HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(attempt.resends()).isZero();
      assertThat(attempt.eventNanos()).hasSize(1);
    }
  }

  @Test
  void answerOnAStreamThatWasNotAsked_endsTheConnection() throws Exception {
    try (FrameServer server =
            new FrameServer(
                (wire, connection) -> {
                  if (connection == 0) {
                    wire.answer(wire.request() + 100);
                  }
                  wire.serveAll();
                });
        TestClient client = new TestClient(Settings.of(TestClient.HTTP_2), server.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void serverThatSpeaksAndThenFallsSilent_isATimeout() throws Exception {
    Settings settings = Settings.of(TestClient.HTTP_2);
    settings.timeouts = new Timeouts(9000 * MS, 300 * MS, 9000 * MS, 9000 * MS, 9000 * MS);
    try (FrameServer server =
            new FrameServer(
                (wire, connection) -> {
                  wire.request();
                  wire.request();
                });
        TestClient client = new TestClient(settings, server.url())) {
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.TIMEOUT_HEADERS);
    }
  }
}
