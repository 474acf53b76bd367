package dev.candor.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mock over HTTP/2 without TLS: by upgrade, as the JDK's client asks, and by prior knowledge.
 */
final class Http2Test {
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(20e6), new Distribution.Constant(1e6));

  @TempDir Path temp;

  private static HttpClient http2() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
  }

  private static HttpRequest chat(MockServer mock, String body) {
    return HttpRequest.newBuilder(mock.baseUrl().resolve("/v1/chat/completions"))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void upgrade_thenManyStreamsOnOneConnection() {
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1));
        HttpClient client = http2()) {
      // The first request brings the upgrade; those after it share its connection.
      HttpResponse<String> first =
          client
              .sendAsync(chat(mock, MockClient.whole(3)), HttpResponse.BodyHandlers.ofString())
              .join();
      assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(MockClient.Answer.of(first).text()).isNotBlank();

      List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        streams.add(
            client.sendAsync(
                chat(mock, MockClient.streamed(10)), HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> stream : streams) {
        assertThat(stream.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(MockClient.words(MockClient.Answer.of(stream.join()).text())).isEqualTo(10);
      }
      await().until(() -> mock.truth().size() == 51);
      assertThat(mock.truth()).allMatch(TruthRecord::complete);
    }
  }

  @Test
  void upgrade_largePrompt_staysHttp1_andIsAnswered() {
    String prompt = "word ".repeat(60_000);
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":2}"
            .formatted(prompt);
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1));
        HttpClient client = http2()) {
      HttpResponse<String> answer =
          client.sendAsync(chat(mock, body), HttpResponse.BodyHandlers.ofString()).join();
      assertThat(MockClient.Answer.of(answer).text()).isNotBlank();
      await().until(() -> mock.truth().size() == 1);
      assertThat(mock.truth().getFirst().promptTokens()).isGreaterThanOrEqualTo(60_000);
    }
  }

  @Test
  void reset_endsTheStream_notTheConnection() {
    MockOptions options = MockOptions.of(FAST, 1);
    try (MockServer mock = MockServer.start(options.withFault(new MockFault.Reset(2)));
        HttpClient client = http2()) {
      HttpRequest health = HttpRequest.newBuilder(mock.baseUrl().resolve("/health")).GET().build();
      client.sendAsync(health, HttpResponse.BodyHandlers.ofString()).join();
      Assertions.assertThatThrownBy(
              () ->
                  client
                      .sendAsync(
                          chat(mock, MockClient.streamed(10)), HttpResponse.BodyHandlers.ofString())
                      .join())
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("RST_STREAM");
      assertThat(client.sendAsync(health, HttpResponse.BodyHandlers.ofString()).join().version())
          .isEqualTo(HttpClient.Version.HTTP_2);
      await().until(() -> mock.truth().size() == 1);
      assertThat(mock.truth().getFirst().complete()).isFalse();
      assertThat(mock.truth().getFirst().outputTokens()).isEqualTo(2);
      assertThat(mock.truth().getFirst().faults()).containsExactly("reset");
    }
  }

  @Test
  void tls_isHttp2ByAlpn_andHttp1WithoutIt() throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=mock")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    TlsIdentity identity =
        new TlsIdentity(
            Files.writeString(temp.resolve("server.pem"), certificate.getCertificatePathPEM()),
            Files.writeString(temp.resolve("server.key"), certificate.getPrivateKeyPEM()));
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, certificate.toTrustManagerFactory().getTrustManagers(), null);
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1).withTls(identity))) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        try (HttpClient client =
            HttpClient.newBuilder().sslContext(trusting).version(version).build()) {
          HttpResponse<String> answer =
              client
                  .sendAsync(
                      chat(mock, MockClient.streamed(10)), HttpResponse.BodyHandlers.ofString())
                  .join();
          assertThat(answer.version()).isEqualTo(version);
          assertThat(MockClient.words(MockClient.Answer.of(answer).text())).isEqualTo(10);
        }
      }
    }
  }

  @Test
  void priorKnowledge_isAnsweredWithSettings() throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), mock.port())) {
      socket.setSoTimeout(20_000);
      byte[] emptySettings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
      socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(UTF_8));
      socket.getOutputStream().write(emptySettings);
      InputStream in = socket.getInputStream();
      byte[] head = in.readNBytes(9);
      int settings = 4;
      assertThat(head[3]).isEqualTo((byte) settings);
    }
  }
}
