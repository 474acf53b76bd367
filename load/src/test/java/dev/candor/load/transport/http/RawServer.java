package dev.candor.load.transport.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/** A server on loopback that answers every request with the bytes and manners it is told. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();

  /** Connections that were made. */
  final AtomicInteger connections = new AtomicInteger();

  /** Answers one request; the connection is closed where it returns false. */
  interface Behaviour {
    boolean answer(String head, OutputStream out) throws IOException, InterruptedException;
  }

  RawServer(Behaviour behaviour) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
  }

  /** Answers those who connect to {@code listener}, over TLS where it speaks that. */
  RawServer(ServerSocket listener, Behaviour behaviour) {
    this.behaviour = behaviour;
    this.listener = listener;
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    String host = listener.getInetAddress().getHostAddress();
    return URI.create(
        (listener instanceof SSLServerSocket ? "https://" : "http://")
            + (host.contains(":") ? "[::1]" : host)
            + (":" + listener.getLocalPort() + "/v1"));
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean more = true;
      while (more) {
        String head = request(in);
        more = behaviour.answer(head, socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The client has gone, as it may.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads a request with its body; returns its head. */
  static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no further request");
      }
      head.append((char) next);
    }
    int at = head.indexOf("content-length: ");
    if (at < 0) {
      return head.toString();
    }
    String length = head.substring(at + 16);
    in.readNBytes(Integer.parseInt(length.substring(0, length.indexOf("\r\n"))));
    return head.toString();
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
