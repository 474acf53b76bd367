package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is not HTTP as it should be; another client is served meanwhile. */
final class MalformedHttpTest {
  /** One that is answered, and those that wait for it. */
  private static final int MOST_PIPELINED = 1 + 16;

  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(5e6), new Distribution.Constant(1e6));

  private final Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private MockServer mock;
  private Bystander bystander;

  @BeforeEach
  void start() {
    logged.start();
    netty.addAppender(logged);
    mock = MockServer.start(MockOptions.of(SETTINGS, 1));
    bystander = new Bystander(mock);
  }

  @AfterEach
  void stop() {
    netty.detachAppender(logged);
    try (MockServer _ = mock) {
      bystander.close();
    }
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        argumentSet("one word", "GARBAGE\r\n\r\n", 400),
        argumentSet("no version", "GET /health\r\n\r\n", 400),
        argumentSet("control characters", "\0\1\2\3 \0\1 \0\r\n\r\n", 400),
        argumentSet("long path", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n", 431),
        argumentSet("long header", RawConnection.health("x: " + "a".repeat(20_000) + "\r\n"), 431),
        argumentSet("many headers", RawConnection.health("x: a\r\n".repeat(20_000)), 431),
        argumentSet("no colon", RawConnection.health("x\r\n"), 400),
        argumentSet("space in a name", RawConnection.health("x y: a\r\n"), 400),
        argumentSet("NUL in a header", RawConnection.health("x: a\0b\r\n"), 400),
        argumentSet("NUL in a name", RawConnection.health("x\0: a\r\n"), 400),
        argumentSet("length no number", RawConnection.chatHead("content-length: ten\r\n"), 400),
        argumentSet("negative length", RawConnection.chatHead("content-length: -1\r\n"), 400),
        argumentSet(
            "two lengths",
            RawConnection.chatHead("content-length: 3\r\ncontent-length: 4\r\n") + "{} ",
            400),
        argumentSet("chunk no number", chunked("ten\r\n{}\r\n0\r\n\r\n"), 400),
        argumentSet("negative chunk", chunked("-2\r\n{}\r\n0\r\n\r\n"), 400),
        argumentSet("chunk beyond numbers", chunked("fffffffffffffffffff\r\n{}\r\n"), 400),
        argumentSet("chunk without its end", chunked("2\r\n{}0\r\n\r\n"), 400));
  }

  private static String chunked(String chunks) {
    return RawConnection.chatHead("transfer-encoding: chunked\r\n") + chunks;
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformed_isToldSo_andCutOff(String bytes, int status) throws IOException {
    try (RawConnection client = new RawConnection(mock).send(bytes)) {
      assertThat(client.untilClosed())
          .startsWith("HTTP/1.1 " + status + " ")
          .containsIgnoringCase("connection: close")
          .endsWith("\"code\":" + (status == 400 ? "\"bad_request\"" : "null") + "}}");
    }
  }

  @Test
  void lengthAndChunks_isRefused_nothingIsSmuggled() throws IOException {
    String both = "content-length: 4\r\ntransfer-encoding: chunked\r\nconnection: close\r\n";
    try (RawConnection client = new RawConnection(mock)) {
      client.send(RawConnection.chatHead(both) + "0\r\n\r\n" + RawConnection.health(""));
      String said = client.untilClosed();
      assertThat(said).startsWith("HTTP/1.1 400 ");
      assertThat(said.split("HTTP/1.1 ", -1)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nno frame at all, but bytes enough for one",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\1\0\0\0\0\377\377\377\0\0\0\0\0\1",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\0\4\1\4\0\0\0\1\377\377\377\377"
      })
  void http2_noFrames_endsWithGoAway(String bytes) throws IOException {
    String goAway = "\7\0\0\0\0\0";
    try (RawConnection client = new RawConnection(mock).send(bytes)) {
      assertThat(client.untilClosed()).contains(goAway);
    }
    assertThat(logged.list).isEmpty();
  }

  @Test
  void resetBeforeARequest_isNoNews() throws IOException {
    for (int i = 0; i < 20; i++) {
      new RawConnection(mock).send("G").reset();
    }
    try (RawConnection after = new RawConnection(mock)) {
      after.send(RawConnection.health("")).until("ok");
    }
    assertThat(logged.list).isEmpty();
  }

  @Test
  void helloOfTls_onCleartext_isCutOff() throws IOException {
    String hello = "\26\3\1\1\0\1\0\0\374\3\3" + "\252".repeat(245) + "\r\n\r\n";
    try (RawConnection client = new RawConnection(mock).send(hello)) {
      assertThat(client.untilClosed()).startsWith("HTTP/1.1 400 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/%zz", "/truth?last=%zz", "/truth?last=x", "/%", "*"})
  void oddPath_isAnswered(String path) throws IOException {
    try (RawConnection client = new RawConnection(mock)) {
      client.send("GET %s HTTP/1.1\r\nconnection: close\r\n\r\n".formatted(path));
      assertThat(client.untilClosed())
          .startsWith(path.startsWith("/truth") ? "HTTP/1.1 200 " : "HTTP/1.1 404 ");
    }
  }

  @Test
  void pipelined_areAnsweredInOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 1; i <= MOST_PIPELINED; i++) {
      String last = i == MOST_PIPELINED ? "connection: close\r\n" : "";
      // The longest first: the last would be done before it.
      requests.append(RawConnection.chat(last, MockClient.whole(20 - i)));
    }
    try (RawConnection client = new RawConnection(mock).send(requests.toString())) {
      assertThat(client.untilClosed().split("\"completion_tokens\":", -1))
          .hasSize(MOST_PIPELINED + 1)
          .satisfies(
              answers ->
                  assertThat(IntStream.rangeClosed(1, MOST_PIPELINED))
                      .allMatch(i -> answers[i].startsWith(20 - i + ",")));
    }
  }

  @Test
  void pipelined_tooMany_areCutOff() throws IOException {
    String request = RawConnection.chat("", MockClient.streamed(100_000));
    try (RawConnection client = new RawConnection(mock)) {
      assertThat(client.send(request.repeat(MOST_PIPELINED + 1)).untilClosed())
          .doesNotContain("[DONE]");
    }
  }

  @Test
  void pipelined_answeredAtOnce_haveNoLimit() throws IOException {
    String requests =
        RawConnection.health("").repeat(500) + RawConnection.health("connection: close\r\n");
    try (RawConnection client = new RawConnection(mock).send(requests)) {
      assertThat(client.untilClosed().split("HTTP/1.1 200 ", -1)).hasSize(502);
    }
  }
}
