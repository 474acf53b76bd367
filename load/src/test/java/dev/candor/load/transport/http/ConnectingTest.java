package dev.candor.load.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candor.load.transport.http.TestClient.Settings;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection comes to be, over loopback: names, addresses, turns, bounds, Unix sockets. */
final class ConnectingTest {
  private static final String BODY =
      "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\ndata: [DONE]\n\n";
  static final String ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s".formatted(BODY.length(), BODY);
  private static final RawServer.Behaviour WHOLE =
      (head, out) -> {
        RawServer.write(out, ANSWER);
        return true;
      };

  @TempDir Path temp;

  private static URI named(RawServer server, String name) {
    return URI.create("http://%s:%d/v1".formatted(name, server.url().getPort()));
  }

  @Test
  void name_isResolved_once() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    Settings settings =
        Settings.of(new Connections(HttpVersion.HTTP_1_1, false, false, 0, null, null, null));
    settings.names =
        name -> {
          lookups.incrementAndGet();
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    try (RawServer server = new RawServer(WHOLE);
        TestClient client = new TestClient(settings, named(server, "app.example"))) {
      List<AttemptRecord> attempts = client.inTurn(3);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(3);
      assertThat(lookups).hasValue(1);
      assertThat(attempts.get(0).http().dns()).isPositive();
      assertThat(attempts.get(1).http().dns()).isEqualTo(AttemptRecord.NONE);
      assertThat(attempts.get(1).http().tcp()).isPositive();
      assertThat(attempts.get(1).http().tls()).isEqualTo(AttemptRecord.NONE);
    }
  }

  @Test
  void name_withoutAnAddress_isNotResolved() throws Exception {
    Settings settings = new Settings();
    settings.names =
        name -> {
          throw new UnknownHostException(name + ": Name or service not known");
        };
    try (TestClient client = new TestClient(settings, URI.create("http://no.example/v1"))) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.NOT_RESOLVED);
      assertThat(attempt.error())
          .isEqualTo("cannot resolve the name 'no.example': Name or service not known");
      assertThat(attempt.sent()).isEqualTo(AttemptRecord.NONE);
    }
  }

  @Test
  void nameServiceThatFailsHalfway_isTypedByWhatFailed() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    Settings settings = new Settings();
    settings.names =
        name -> {
          if (lookups.getAndIncrement() > 0) {
            throw new UnknownHostException(name);
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    URI gone;
    try (RawServer server = new RawServer(WHOLE)) {
      gone = named(server, "app.example");
    }
    try (TestClient client = new TestClient(settings, gone)) {
      // Nothing listens any more: what was resolved is forgotten, and asked for again.
      List<AttemptRecord> attempts = client.inTurn(2);
      assertThat(attempts)
          .extracting(AttemptRecord::outcome)
          .containsExactly(Outcome.CONNECT_FAILED, Outcome.NOT_RESOLVED);
      assertThat(attempts.get(0).error())
          .isEqualTo(
              "cannot connect to app.example:%d: Connection refused".formatted(gone.getPort()));
      assertThat(attempts.get(1).error()).endsWith("it has no address");
    }
  }

  @Test
  void refusedAddress_theNextIsTried_andLaterLast() throws Exception {
    Settings settings =
        Settings.of(new Connections(HttpVersion.HTTP_1_1, false, false, 0, null, null, null));
    settings.names =
        name ->
            new InetAddress[] {
              InetAddress.ofLiteral("127.0.0.9"), InetAddress.getLoopbackAddress()
            };
    try (RawServer server = new RawServer(WHOLE);
        TestClient client = new TestClient(settings, named(server, "app.example"))) {
      assertThat(client.inTurn(4)).allMatch(a -> a.outcome() == Outcome.COMPLETED);
    }
  }

  @Test
  void addressesOfAName_takeTurns_andThoseThatFailedComeLast() throws Exception {
    InetAddress a = InetAddress.ofLiteral("10.0.0.1");
    InetAddress b = InetAddress.ofLiteral("10.0.0.2");
    InetAddress six = InetAddress.ofLiteral("fd00::1");
    List<InetAddress> all = List.of(a, six, b);
    AddressOrder order = new AddressOrder();
    assertThat(order.next(all)).containsExactly(a, b, six);
    assertThat(order.next(all)).containsExactly(b, a, six);
    order.failed(a);
    assertThat(order.next(all)).containsExactly(b, six, a);
    assertThat(order.next(all)).containsExactly(b, six, a);
    order.worked(a);
    assertThat(order.next(all)).contains(a, b).endsWith(six);
  }

  @Test
  void ipv6Literal_isConnectedTo() throws Exception {
    ServerSocket listener;
    try {
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral("::1"));
    } catch (IOException e) {
      assumeTrue(false, "no IPv6 here: " + e);
      return;
    }
    List<String> heads = new java.util.concurrent.CopyOnWriteArrayList<>();
    try (RawServer server =
            new RawServer(
                listener,
                (head, out) -> {
                  heads.add(head);
                  return WHOLE.answer(head, out);
                });
        TestClient client = new TestClient(new Settings(), server.url())) {
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(heads.getFirst()).contains("host: [::1]:" + server.url().getPort() + "\r\n");
    }
  }

  @Test
  void severalAddresses_takeTurns() throws Exception {
    try (RawServer first = new RawServer(WHOLE);
        RawServer second = new RawServer(WHOLE);
        TestClient client = new TestClient(new Settings(), first.url(), second.url())) {
      List<AttemptRecord> attempts = client.inTurn(6);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(attempts).extracting(AttemptRecord::target).containsExactly(0, 1, 0, 1, 0, 1);
      assertThat(first.connections).hasValue(1);
      assertThat(second.connections).hasValue(1);
    }
  }

  @Test
  void eachLoop_goesRoundAllAddresses() {
    // Request n is loop n mod 2's.
    int[] turns = new int[8];
    for (int n = 0; n < 8; n++) {
      turns[n] = Turns.turn(n, 2, 2);
    }
    assertThat(turns).containsExactly(0, 1, 1, 0, 0, 1, 1, 0);
  }

  @Test
  void most_boundsTheConnections() throws Exception {
    Settings settings =
        Settings.of(new Connections(HttpVersion.HTTP_1_1, false, true, 2, null, null, null));
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  TimeUnit.MILLISECONDS.sleep(30);
                  return WHOLE.answer(head, out);
                });
        TestClient client = new TestClient(settings, server.url())) {
      List<AttemptRecord> attempts = client.together(6);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(2);
      assertThat(attempts.getLast().http().blocked()).isGreaterThan(30_000_000);
    }
  }

  @Test
  void withoutKeepAlive_theServerIsToldSo() throws Exception {
    Settings settings =
        Settings.of(new Connections(HttpVersion.HTTP_1_1, false, false, 0, null, null, null));
    List<String> heads = new java.util.concurrent.CopyOnWriteArrayList<>();
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  heads.add(head);
                  return WHOLE.answer(head, out);
                });
        TestClient client = new TestClient(settings, server.url())) {
      assertThat(client.inTurn(2)).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(server.connections).hasValue(2);
      assertThat(heads).allMatch(head -> head.contains("\r\nconnection: close\r\n"));
    }
  }

  @ParameterizedTest
  @EnumSource(ClientSettings.Io.class)
  void unixSocket_isConnectedToInPlaceOfTheHost(ClientSettings.Io io) throws Exception {
    assumeTrue(io != ClientSettings.Io.EPOLL || Epoll.isAvailable());
    assumeTrue(io != ClientSettings.Io.IO_URING || IoUring.isAvailable());
    Path path = temp.resolve("app.sock");
    Settings settings =
        Settings.of(new Connections(HttpVersion.HTTP_1_1, false, true, 0, null, path, null));
    settings.io = io;
    URI url = URI.create("http://app.example/v1");
    try (TestClient client = new TestClient(settings, url)) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(attempt.error()).startsWith("cannot connect to the socket " + path + ": ");
    }
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path));
      Thread.ofVirtual().start(() -> serveUnix(listener));
      try (TestClient client = new TestClient(settings, url)) {
        List<AttemptRecord> attempts = client.inTurn(3);
        assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
        assertThat(attempts.getFirst().connectNanos()).isPositive();
        assertThat(attempts.getFirst().http().tcp()).isEqualTo(AttemptRecord.NONE);
      }
    }
  }

  private static void serveUnix(ServerSocketChannel listener) {
    try (SocketChannel socket = listener.accept();
        InputStream in = new BufferedInputStream(Channels.newInputStream(socket));
        OutputStream out = Channels.newOutputStream(socket)) {
      while (true) {
        assertThat(RawServer.request(in)).contains("host: app.example\r\n");
        RawServer.write(out, ANSWER);
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }
}
