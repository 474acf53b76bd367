package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/2 server on loopback that writes the frames it is told, whether they are right or not.
 */
final class FrameServer implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** HPACK's index of {@code :status: 200}. */
  static final byte[] STATUS_200 = {(byte) 0x88};

  private static final int PREFACE_BYTES = 24;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final Behaviour behaviour;
  final AtomicInteger connections = new AtomicInteger();

  /** Serves one connection, of which it is told how many there were before. */
  interface Behaviour {
    void serve(Wire wire, int connection) throws Exception;
  }

  FrameServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(listener.getLocalPort()));
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        int connection = connections.getAndIncrement();
        Thread.ofVirtual().start(() -> serve(socket, connection));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      Wire wire =
          new Wire(
              new DataInputStream(socket.getInputStream()),
              new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
      wire.in.skipNBytes(PREFACE_BYTES);
      wire.frame(SETTINGS, 0, 0);
      wire.flush();
      behaviour.serve(wire, connection);
    } catch (IOException e) {
      // The client has gone, as it may.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** A connection's frames. */
  record Wire(DataInputStream in, DataOutputStream out) {

    /** Reads until a request is whole; returns its stream. */
    int request() throws IOException {
      while (true) {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        in.skipNBytes(lengthAndType >>> 8);
        int type = lengthAndType & 0xff;
        if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
          return stream;
        }
      }
    }

    /** Answers whatever comes. */
    void serveAll() throws IOException {
      try {
        while (true) {
          answer(request());
        }
      } catch (EOFException e) {
        // The client has closed.
      }
    }

    void answer(int stream) throws IOException {
      frame(HEADERS, END_HEADERS, stream, STATUS_200);
      frame(DATA, END_STREAM, stream, (Http2Server.EVENT + Http2Server.DONE).getBytes(UTF_8));
      flush();
    }

    void frame(int type, int flags, int stream, byte... payload) throws IOException {
      out.writeInt(payload.length << 8 | type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
    }

    void flush() throws IOException {
      out.flush();
    }
  }
}
