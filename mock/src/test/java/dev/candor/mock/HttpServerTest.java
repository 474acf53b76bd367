package dev.candor.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mock as an HTTP server, byte by byte: when connections end, and how answers are framed. */
final class HttpServerTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(0));

  private MockServer mock;

  @BeforeEach
  void start() {
    mock = MockServer.start(MockOptions.of(FAST, 1));
  }

  @AfterEach
  void stop() {
    mock.close();
  }

  /** Sends {@code bytes} and reads until the mock closes the connection. */
  private String untilClosed(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), mock.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String chat(String version, String headers, String body) {
    return "POST /v1/chat/completions %s\r\nhost: localhost\r\ncontent-length: %d\r\n%s\r\n%s"
        .formatted(version, body.length(), headers, body);
  }

  @Test
  void connectionClose_streamed_endsAfterTheAnswer() throws IOException {
    String said = untilClosed(chat("HTTP/1.1", "connection: close\r\n", MockClient.streamed(3)));
    assertThat(said)
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("connection: close")
        .containsIgnoringCase("transfer-encoding: chunked")
        .contains("data: [DONE]")
        .endsWith("0\r\n\r\n");
  }

  @Test
  void connectionClose_whole_endsAfterTheAnswer() throws IOException {
    String said = untilClosed(chat("HTTP/1.1", "connection: close\r\n", MockClient.whole(3)));
    assertThat(said)
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("connection: close")
        .contains("\"finish_reason\":\"length\"")
        .endsWith("}");
  }

  @Test
  void keepAlive_untilAskedToClose() throws IOException {
    String stays = "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
    String closes = "GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    assertThat(untilClosed(stays + stays + closes).split("HTTP/1.1 200 OK", -1)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "connection: keep-alive\r\n"})
  void http10_streamed_isNotChunked_endsWithTheConnection(String headers) throws IOException {
    String said = untilClosed(chat("HTTP/1.0", headers, MockClient.streamed(3)));
    assertThat(said)
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("connection: close")
        .doesNotContainIgnoringCase("transfer-encoding")
        .contains("\r\n\r\ndata: {")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void http10_whole_endsWithTheConnection() throws IOException {
    assertThat(untilClosed(chat("HTTP/1.0", "", MockClient.whole(3))))
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("content-length: ")
        .endsWith("}");
  }

  @Test
  void notHttp_isRefused_andClosed() throws IOException {
    assertThat(untilClosed("how are you\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("{\"error\":{");
  }
}
