package dev.candor.load.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.load.transport.http.TestClient.Settings;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Connections.HttpVersion;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that succeed, that fail each in its way, and that are cut short by a session. */
final class TlsTest {
  private static final RawServer.Behaviour WHOLE =
      (head, out) -> {
        RawServer.write(out, ConnectingTest.ANSWER);
        return true;
      };
  private static X509Bundle authority;
  private static X509Bundle server;

  @TempDir Path temp;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority =
        new CertificateBuilder()
            .subject("CN=Test authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    server = certificate().addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
  }

  private static CertificateBuilder certificate() {
    return new CertificateBuilder().subject("CN=server");
  }

  private Path pem(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content);
  }

  private Settings trusting(Connections connections) throws IOException {
    return Settings.of(connections).trusting(pem("ca.pem", authority.getRootCertificatePEM()));
  }

  private static SSLServerSocket listener(X509Bundle identity) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        identity.toKeyManagerFactory().getKeyManagers(),
        authority.toTrustManagerFactory().getTrustManagers(),
        null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void trustedAuthority_isSpokenTo_andTheHandshakeIsTimed() throws Exception {
    try (RawServer tls = new RawServer(listener(server), WHOLE);
        TestClient client = new TestClient(trusting(Connections.DEFAULT), tls.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
      assertThat(attempt.http().tls()).isPositive();
      assertThat(attempt.connectNanos())
          .isGreaterThanOrEqualTo(attempt.http().tcp() + attempt.http().tls());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void secondHandshake_isResumed(String protocol) throws Exception {
    Connections closing = new Connections(HttpVersion.HTTP_2, true, false, 0, null, null, null);
    try (Http2Server tls =
            new Http2Server(
                context(protocol, "h2"),
                Http2Settings.defaultSettings(),
                Http2Server.Answer::whole);
        TestClient client = new TestClient(trusting(closing), tls.url())) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send().await().outcome()).isEqualTo(Outcome.COMPLETED);
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(tls.connections).hasValue(3);
      assertThat(tls.sessions).hasSize(3);
      assertThat(Set.copyOf(tls.sessions)).hasSize(1);
    }
  }

  @Test
  void unknownAuthority_isNamed() throws Exception {
    try (RawServer tls = new RawServer(listener(server), WHOLE);
        TestClient client = new TestClient(new Settings(), tls.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.TLS_FAILED);
      assertThat(attempt.error()).contains("is not trusted", "target.tls.ca names an authority");
    }
  }

  @Test
  void anotherName_isNamed() throws Exception {
    X509Bundle other = certificate().addSanIpAddress("10.1.2.3").buildIssuedBy(authority);
    try (RawServer tls = new RawServer(listener(other), WHOLE);
        TestClient client = new TestClient(trusting(Connections.DEFAULT), tls.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.TLS_FAILED);
      assertThat(attempt.error()).contains("is another name's", "127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01T00:00:00Z, 2020-02-01T00:00:00Z, has expired",
    "2090-01-01T00:00:00Z, 2090-02-01T00:00:00Z, is not valid yet"
  })
  void certificateOfAnotherTime_isNamed(Instant from, Instant to, String message) throws Exception {
    X509Bundle old =
        certificate()
            .addSanIpAddress("127.0.0.1")
            .notBefore(from)
            .notAfter(to)
            .buildIssuedBy(authority);
    try (RawServer tls = new RawServer(listener(old), WHOLE);
        TestClient client = new TestClient(trusting(Connections.DEFAULT), tls.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.TLS_FAILED);
      assertThat(attempt.error()).contains(message);
    }
  }

  @Test
  void withoutVerification_anyCertificateWillDo() throws Exception {
    X509Bundle other =
        certificate().addSanIpAddress("10.1.2.3").setIsCertificateAuthority(true).buildSelfSigned();
    Settings settings = new Settings();
    settings.verify = false;
    try (RawServer tls = new RawServer(listener(other), WHOLE);
        TestClient client = new TestClient(settings, tls.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15030100020246 | (protocol_version): it speaks none of TLS 1.3 and 1.2",
        "15030300020228 | refuses the handshake (handshake_failure)",
        "3232302068690d0a | does not speak TLS; is it http://",
        "'' | closed the connection in the middle of the handshake"
      })
  void handshakeThatTheServerEnds_isNamed(String bytes, String message) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = listener.accept();
                    OutputStream out = socket.getOutputStream()) {
                  // The greeting is read, lest its rest reset the connection.
                  socket.getInputStream().read(new byte[4096]);
                  out.write(HexFormat.of().parseHex(bytes));
                } catch (IOException e) {
                  // The client has gone.
                }
              });
      URI url = URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/v1");
      try (TestClient client = new TestClient(new Settings(), url)) {
        AttemptRecord attempt = client.send().await();
        assertThat(attempt.outcome()).isEqualTo(Outcome.TLS_FAILED);
        assertThat(attempt.error()).contains(message);
      }
    }
  }

  @Test
  void alertInTheMiddleOfAnAnswer_isADisconnection_thatSaysSo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    RawServer.Behaviour unfinished =
        (head, out) -> {
          RawServer.write(out, HttpRig.STREAM + HttpRig.TOKEN);
          begun.countDown();
          return true;
        };
    try (RawServer tls = new RawServer(listener(server), unfinished);
        TlsRelay relay = new TlsRelay(tls.url().getPort());
        TestClient client = new TestClient(trusting(Connections.DEFAULT), relay.url())) {
      TestClient.Sent attempt = client.send();
      begun.await();
      relay.garble();
      AttemptRecord ended = attempt.await();
      assertThat(ended.outcome()).as(ended.error()).isEqualTo(Outcome.DISCONNECTED);
      assertThat(ended.error()).contains("bad_record_mac");
      assertThat(ended.httpStatus()).isEqualTo(200);
    }
  }

  @Test
  void clientCertificate_isShown_andItsWantIsNamed() throws Exception {
    X509Bundle own = new CertificateBuilder().subject("CN=me").buildIssuedBy(authority);
    SSLServerSocket listener = listener(server);
    listener.setNeedClientAuth(true);
    // With TLS 1.3 the refusal comes after the handshake, and may be lost to a reset.
    listener.setEnabledProtocols(new String[] {"TLSv1.2"});
    Settings shown =
        trusting(Connections.DEFAULT)
            .showing(
                pem("own.pem", own.getCertificatePathPEM()),
                pem("own.key", own.getPrivateKeyPEM()));
    try (RawServer tls = new RawServer(listener, WHOLE)) {
      try (TestClient client = new TestClient(shown, tls.url())) {
        AttemptRecord attempt = client.send().await();
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
      }
      try (TestClient client = new TestClient(trusting(Connections.DEFAULT), tls.url())) {
        AttemptRecord attempt = client.send().await();
        assertThat(attempt.outcome()).isEqualTo(Outcome.TLS_FAILED);
        assertThat(attempt.error()).contains("target.tls.cert");
      }
    }
  }

  /** With TLS 1.3 the refusal comes after the handshake, when the request is on its way. */
  @Test
  void clientCertificate_whoseWantIsToldAfterTheHandshake_isNamedToo() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        server.toKeyManagerFactory().getKeyManagers(),
        authority.toTrustManagerFactory().getTrustManagers(),
        null);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket plain = listener.accept()) {
                  SSLSocket tls =
                      (SSLSocket) context.getSocketFactory().createSocket(plain, null, 0, false);
                  tls.setUseClientMode(false);
                  tls.setNeedClientAuth(true);
                  tls.setEnabledProtocols(new String[] {"TLSv1.3"});
                  try {
                    tls.startHandshake();
                  } catch (SSLException refused) {
                    // What the client sends is read, lest a reset take the alert away.
                    plain.getInputStream().transferTo(OutputStream.nullOutputStream());
                  }
                } catch (IOException e) {
                  // The client has gone.
                }
              });
      URI url = URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/v1");
      try (TestClient client = new TestClient(trusting(Connections.DEFAULT), url)) {
        AttemptRecord attempt = client.send().await();
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.TLS_FAILED);
        assertThat(attempt.error()).contains("target.tls.cert");
      }
    }
  }

  @Test
  void filesThatHoldNothing_areAMistake() throws Exception {
    Path empty = pem("empty.pem", "nothing");
    URI url = URI.create("https://127.0.0.1:1/v1");
    assertThatThrownBy(() -> new TestClient(new Settings().trusting(empty), url))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("target.tls.ca")
        .hasMessageContaining("empty.pem");
    assertThatThrownBy(() -> new TestClient(new Settings().showing(empty, empty), url))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("target.tls.cert")
        .hasMessageContaining("empty.pem");
  }

  @Test
  void http2_isAgreedOnByAlpn() throws Exception {
    try (Http2Server tls =
            new Http2Server(
                context("TLSv1.3", "h2"),
                Http2Settings.defaultSettings(),
                Http2Server.Answer::whole);
        TestClient client = new TestClient(trusting(TestClient.HTTP_2), tls.url())) {
      List<AttemptRecord> attempts = client.together(5);
      assertThat(attempts).allMatch(a -> a.outcome() == Outcome.COMPLETED);
      assertThat(tls.connections).hasValue(1);
      assertThat(tls.heads.element().scheme()).hasToString("https");
    }
  }

  @Test
  void serverWithoutH2_isNamed() throws Exception {
    try (RawServer tls = new RawServer(listener(server), WHOLE);
        TestClient client = new TestClient(trusting(TestClient.HTTP_2), tls.url())) {
      AttemptRecord attempt = client.send().await();
      assertThat(attempt.outcome()).isEqualTo(Outcome.TLS_FAILED);
      assertThat(attempt.error()).contains("no h2 by ALPN", "target.connections.http: \"1.1\"");
    }
  }

  @Test
  void proxy_tunnelsTls_withItsUser() throws Exception {
    try (RawServer tls = new RawServer(listener(server), WHOLE);
        TunnelProxy proxy = new TunnelProxy(tls.url().getPort(), "")) {
      URI through = URI.create("http://me:s3cret-value@127.0.0.1:" + proxy.port());
      Connections connections =
          new Connections(HttpVersion.HTTP_1_1, false, true, 0, through, null, null);
      try (TestClient client = new TestClient(trusting(connections), tls.url())) {
        AttemptRecord attempt = client.send().await();
        assertThat(attempt.outcome()).as(attempt.error()).isEqualTo(Outcome.COMPLETED);
        assertThat(attempt.http().tcp()).isPositive();
        assertThat(attempt.http().tls()).isPositive();
        String connect = proxy.asked.getFirst();
        assertThat(connect)
            .startsWith("CONNECT 127.0.0.1:%d HTTP/1.1\r\n".formatted(tls.url().getPort()))
            .containsIgnoringCase("proxy-authorization: Basic bWU6czNjcmV0LXZhbHVl\r\n")
            .doesNotContain("a-secret-value");
      }
    }
  }

  private static SslContext context(String protocol, String application) throws Exception {
    return SslContextBuilder.forServer(server.toKeyManagerFactory())
        .protocols(protocol)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                application))
        .build();
  }
}
