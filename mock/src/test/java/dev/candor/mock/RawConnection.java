package dev.candor.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A connection to a mock, byte by byte. A byte is a character here. <b>For one thread.</b> */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();

  RawConnection(MockServer mock) throws IOException {
    this(mock, 0);
  }

  /**
   * @param receiveBuffer bytes that the system keeps for a slow reader, 0: its default
   */
  RawConnection(MockServer mock, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), mock.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** A request for a chat's answer, whole. */
  static String chat(String headers, String body) {
    return chatHead("content-length: " + body.length() + "\r\n" + headers) + body;
  }

  static String chatHead(String headers) {
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n" + headers + "\r\n";
  }

  static String health(String headers) {
    return "GET /health HTTP/1.1\r\nhost: localhost\r\n" + headers + "\r\n";
  }

  RawConnection send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Everything until the mock closes the connection, or resets it. */
  String untilClosed() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(said);
    } catch (SocketException e) {
      // A reset ends it as well.
    }
    return said.toString(ISO_8859_1);
  }

  /** What is said up to and with {@code end}. */
  String until(String end) throws IOException {
    StringBuilder said = new StringBuilder();
    while (said.indexOf(end, said.length() - end.length()) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("after %s", said).isNotNegative();
      said.append((char) next);
    }
    return said.toString();
  }

  /** Whether the mock says something, or closes the connection, within {@code millis}. */
  boolean hears(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return socket.getInputStream().read() >= -1;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  boolean hasAnswer() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
