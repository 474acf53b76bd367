package dev.candor.load.transport.http;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback, of CONNECT or of SOCKS5, that leads everything to one server. */
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final int target;
  private final String refusal;

  /** What clients asked for: the head of CONNECT, or host:port and user:password of SOCKS5. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * @param refusal a status line to answer CONNECT with; "": tunnels are made
   */
  TunnelProxy(int target, String refusal) throws IOException {
    this.target = target;
    this.refusal = refusal;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      int first = in.read();
      boolean tunnel = first == 5 ? socks(in, out) : connect(first, in, out);
      if (tunnel) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
          open.add(server);
          Thread back = Thread.ofVirtual().start(() -> pipe(server, client));
          in.transferTo(server.getOutputStream());
          back.join();
        }
      }
    } catch (IOException e) {
      // One of them has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pipe(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them has gone.
    }
  }

  private boolean connect(int first, InputStream in, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder().append((char) first);
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    asked.add(head.toString());
    String status = refusal.isEmpty() ? "HTTP/1.1 200 OK" : refusal + "\r\ncontent-length: 0";
    out.write((status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return refusal.isEmpty();
  }

  /** RFC 1928, with the user and password of RFC 1929. */
  private boolean socks(DataInputStream in, OutputStream out) throws IOException {
    byte[] methods = in.readNBytes(in.read());
    boolean password = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
    out.write(new byte[] {5, (byte) (password ? 2 : 0)});
    String user = "";
    if (password) {
      in.read();
      user = text(in) + ":" + text(in) + " ";
      out.write(new byte[] {1, 0});
    }
    in.readNBytes(3);
    String host =
        in.read() == 3 ? text(in) : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
    asked.add(user + host + ":" + in.readUnsignedShort());
    out.write(new byte[] {5, (byte) (refusal.isEmpty() ? 0 : 5), 0, 1, 0, 0, 0, 0, 0, 0});
    return refusal.isEmpty();
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readNBytes(in.read()), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
