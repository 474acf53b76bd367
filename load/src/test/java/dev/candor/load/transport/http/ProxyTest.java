package dev.candor.load.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.load.transport.http.TestClient.Settings;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Proxies of all kinds; names behind them are theirs to resolve. */
final class ProxyTest {
  private static final URI BEHIND = URI.create("http://app.example/v1");

  private static Settings through(HttpVersion version, String proxy) {
    Settings settings =
        Settings.of(new Connections(version, false, true, 0, URI.create(proxy), null, null));
    settings.names =
        name -> {
          throw new AssertionError("asked for " + name);
        };
    return settings;
  }

  @Test
  void plainHttp_goesInTheAbsoluteForm() throws Exception {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (RawServer proxy =
            new RawServer(
                (head, out) -> {
                  heads.add(head);
                  RawServer.write(out, ConnectingTest.ANSWER);
                  return true;
                });
        TestClient client =
            new TestClient(
                through(
                    HttpVersion.HTTP_1_1,
                    "http://me:s3cret-value@127.0.0.1:" + proxy.url().getPort()),
                BEHIND)) {
      assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(heads.getFirst())
          .startsWith(
              "POST http://app.example/v1/chat/completions HTTP/1.1\r\nhost: app.example\r\n")
          .contains("\r\nproxy-authorization: Basic bWU6czNjcmV0LXZhbHVl\r\n");
    }
  }

  @Test
  void refusal_isNamedWithTheProxysStatus_andNeverWithThePassword() throws Exception {
    try (TunnelProxy proxy = new TunnelProxy(1, "HTTP/1.1 407 Proxy Authentication Required");
        TestClient client =
            new TestClient(
                through(HttpVersion.HTTP_1_1, "http://me:s3cret-value@127.0.0.1:" + proxy.port()),
                URI.create("https://app.example/v1"))) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(attempt.error())
          .isEqualTo(
              "the proxy 127.0.0.1:%d does not connect to app.example:443: 407 Proxy Authentication Required"
                  .formatted(proxy.port()));
    }
  }

  @Test
  void proxyThatIsNotThere_isNamed() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (TestClient client =
        new TestClient(through(HttpVersion.HTTP_1_1, "http://127.0.0.1:" + port), BEHIND)) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(attempt.error())
          .isEqualTo(
              "cannot connect to the proxy 127.0.0.1:%d: Connection refused".formatted(port));
    }
  }

  @Test
  void socks5_tunnelsPlainHttp_withItsUser() throws Exception {
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  RawServer.write(out, ConnectingTest.ANSWER);
                  return true;
                });
        TunnelProxy proxy = new TunnelProxy(server.url().getPort(), "");
        TestClient client =
            new TestClient(
                through(HttpVersion.HTTP_1_1, "socks5://me:pass@127.0.0.1:" + proxy.port()),
                BEHIND)) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
      assertThat(proxy.asked).containsExactly("me:pass app.example:80");
    }
  }

  @Test
  void socks5_refusal_isNamed() throws Exception {
    try (TunnelProxy proxy = new TunnelProxy(1, "no");
        TestClient client =
            new TestClient(
                through(HttpVersion.HTTP_1_1, "socks5://127.0.0.1:" + proxy.port()), BEHIND)) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(attempt.error())
          .contains("does not connect to app.example:80: CONNECTION_REFUSED");
    }
  }

  @Test
  void http2WithoutTls_isTunnelled() throws Exception {
    try (Http2Server server = Http2Server.plain(Http2Server.Answer::whole);
        TunnelProxy proxy = new TunnelProxy(server.url().getPort(), "");
        TestClient client =
            new TestClient(
                through(HttpVersion.HTTP_2, "http://127.0.0.1:" + proxy.port()), BEHIND)) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
      assertThat(proxy.asked.getFirst()).startsWith("CONNECT app.example:80 ");
    }
  }
}
