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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/** A server on loopback that answers every request with the bytes and manners it is told. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final PeerBehaviour behaviour;
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();

  /** Connections that were made. */
  final AtomicInteger connections = new AtomicInteger();

  /** Connections that have ended. */
  private final Semaphore closed = new Semaphore(0);

  /** Answers one request; the connection is closed where it returns false. */
  interface Behaviour {
    boolean answer(String head, OutputStream out) throws IOException, InterruptedException;
  }

  /** The same, for those who must know more of the connection. */
  interface PeerBehaviour {
    boolean answer(Peer peer) throws Exception;
  }

  /**
   * The client's end of a connection.
   *
   * @param requests that have come on it, this one included
   */
  record Peer(Socket socket, OutputStream out, String head, int requests) {}

  RawServer(Behaviour behaviour) throws IOException {
    this(listener(), peer -> behaviour.answer(peer.head(), peer.out()));
  }

  RawServer(PeerBehaviour behaviour) throws IOException {
    this(listener(), behaviour);
  }

  /** Answers those who connect to {@code listener}, over TLS where it speaks that. */
  RawServer(ServerSocket listener, Behaviour behaviour) {
    this(listener, peer -> behaviour.answer(peer.head(), peer.out()));
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private RawServer(ServerSocket listener, PeerBehaviour behaviour) {
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
      for (int requests = 1; more; requests++) {
        String head = request(in);
        more = behaviour.answer(new Peer(socket, socket.getOutputStream(), head, requests));
      }
    } catch (IOException e) {
      // The client has gone, as it may.
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      closed.release();
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

  /** Waits until so many connections have ended. */
  void awaitClosed(int count) throws InterruptedException {
    if (!closed.tryAcquire(count, 20, TimeUnit.SECONDS)) {
      throw new AssertionError(closed.availablePermits() + " connections closed, not " + count);
    }
    closed.release(count);
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
