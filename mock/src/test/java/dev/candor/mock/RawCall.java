package dev.candor.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.protocol.serve.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** One request over a connection of its own, byte by byte. */
final class RawCall implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int SILENCE_MILLIS = 100;

  private final Dialect dialect;
  private final Socket socket;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  /**
   * @param headers lines without their ends
   */
  RawCall(MockServer mock, Dialect dialect, String body, String... headers) throws IOException {
    this.dialect = dialect;
    socket = new Socket(InetAddress.getLoopbackAddress(), mock.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    StringBuilder request =
        new StringBuilder("POST " + dialect.path() + " HTTP/1.1\r\nhost: localhost\r\n")
            .append("connection: close\r\ncontent-length: ")
            .append(body.getBytes(UTF_8).length)
            .append("\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write(request.append("\r\n").append(body).toString().getBytes(UTF_8));
  }

  /**
   * A request for {@code tokens} tokens in a dialect's own form, with the usage where it can ask
   * for it.
   */
  static String body(Dialect dialect, boolean stream, int tokens) {
    return body(dialect, stream, tokens, "how are you");
  }

  static String body(Dialect dialect, boolean stream, int tokens, String prompt) {
    String usage = stream ? ",\"stream_options\":{\"include_usage\":true}" : "";
    return "{\"model\":\"mock-model\",\"stream\":%s,%s}"
        .formatted(
            stream,
            switch (dialect) {
              case CHAT ->
                  "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_completion_tokens\":%d%s"
                      .formatted(prompt, tokens, usage);
              case COMPLETIONS ->
                  "\"prompt\":\"%s\",\"max_tokens\":%d%s".formatted(prompt, tokens, usage);
              case RESPONSES ->
                  "\"input\":\"%s\",\"max_output_tokens\":%d".formatted(prompt, tokens);
              case MESSAGES ->
                  "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":%d"
                      .formatted(prompt, tokens);
            });
  }

  static Heard ask(MockServer mock, Dialect dialect, String body, String... headers)
      throws IOException {
    try (RawCall call = new RawCall(mock, dialect, body, headers)) {
      return call.hear();
    }
  }

  /** Waits for the first byte. */
  void hearSomething() throws IOException {
    received.write(socket.getInputStream().read());
  }

  /** All, to the connection's end. */
  Heard hear() throws IOException {
    InputStream in = socket.getInputStream();
    Heard.End end = Heard.End.CLOSED;
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        received.write(next);
        byte[] more = new byte[in.available()];
        received.write(more, 0, in.readNBytes(more, 0, more.length));
      }
    } catch (SocketTimeoutException e) {
      end = Heard.End.SILENT;
    } catch (SocketException e) {
      end = Heard.End.RESET;
    }
    return Heard.of(dialect, received.toByteArray(), end);
  }

  /** What has come so far: to be called when the mock has said that nothing will come. */
  Heard hearSilence() throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    return hear();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
