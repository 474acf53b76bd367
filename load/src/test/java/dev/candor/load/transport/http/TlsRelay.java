package dev.candor.load.transport.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/**
 * Stands between one client and a TLS server on loopback, and can send the server a record that no
 * key opens, which it answers with an alert.
 */
final class TlsRelay implements AutoCloseable {
  /** A record of 32 zeros that calls itself application data. */
  private static final byte[] GARBLED = Arrays.copyOf(new byte[] {0x17, 3, 3, 0, 32}, 5 + 32);

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Socket server;

  TlsRelay(int port) throws IOException {
    server = new Socket(InetAddress.getLoopbackAddress(), port);
    Thread.ofVirtual().start(this::serve);
  }

  URI url() {
    return URI.create("https://127.0.0.1:%d/v1".formatted(listener.getLocalPort()));
  }

  /** Call when the server has answered: what it wrote before comes before its alert. */
  synchronized void garble() throws IOException {
    server.getOutputStream().write(GARBLED);
  }

  private void serve() {
    try (Socket client = listener.accept()) {
      Thread.ofVirtual().start(() -> toServer(client));
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // One of them has gone.
    }
  }

  private void toServer(Socket client) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = client.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        synchronized (this) {
          OutputStream out = server.getOutputStream();
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // One of them has gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    server.close();
  }
}
