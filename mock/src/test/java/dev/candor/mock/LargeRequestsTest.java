package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.mock.http.HttpPipeline;
import dev.candor.scenario.MockSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are large, endless, deep or packed; another client is served meanwhile. */
final class LargeRequestsTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final HttpPipeline.Limits LIMITS =
      new HttpPipeline.Limits(TimeUnit.SECONDS.toNanos(30), 100, 40 * MEBIBYTE);
  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(1e6));

  private MockServer mock;
  private MockClient client;
  private Bystander bystander;

  @BeforeEach
  void start() {
    mock = MockServer.start(MockOptions.of(SETTINGS, 1), LIMITS);
    client = new MockClient(mock);
    bystander = new Bystander(mock);
  }

  @AfterEach
  void stop() {
    try (MockServer _ = mock;
        MockClient _ = client) {
      bystander.close();
    }
  }

  /** A body of about {@code bytes}, most of them one prompt of words of five bytes. */
  private static String large(int bytes) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":2}"
        .formatted(" word".repeat(bytes / 5));
  }

  @Test
  void tenMegabytes_areCountedAndAnswered() {
    MockClient.Answer answer = client.answer(1, large(10_000_000));
    assertThat(MockClient.words(answer.text())).isEqualTo(2);
    assertThat(answer.usages().getFirst().path("prompt_tokens").intValue()).isEqualTo(2_000_000);
  }

  @Test
  void moreThanTheLimit_isToldSo_howeverOften() {
    String tooLarge = large(33 * MEBIBYTE);
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> refused = client.chat(tooLarge);
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(refused.body()).contains("32 MiB").contains("\"type\":\"invalid_request_error\"");
    }
    // Nothing of them counts any longer.
    assertThat(client.chat(large(30 * MEBIBYTE)).statusCode()).isEqualTo(200);
  }

  @Test
  void http2_moreThanTheLimit_isToldSo_theConnectionStays() {
    try (HttpClient http2 = HttpClient.newHttpClient()) {
      // The first request brings the upgrade.
      assertThat(http2(http2, MockClient.whole(1)).statusCode()).isEqualTo(200);
      HttpResponse<String> refused = http2(http2, large(33 * MEBIBYTE));
      assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(http2(http2, large(30 * MEBIBYTE)).statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> http2(HttpClient http2, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(mock.baseUrl().resolve("/v1/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http2.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
  }

  @Test
  void endlessUpload_isToldSo_andCutOff() throws IOException {
    byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.UTF_8);
    try (RawConnection endless = new RawConnection(mock)) {
      endless.send(RawConnection.chatHead("transfer-encoding: chunked\r\n"));
      int sent = 0;
      for (; !endless.hasAnswer(); sent++) {
        assertThat(sent).isLessThan(2_000);
        endless.send(chunk);
      }
      assertThat(sent).isGreaterThan(500);
      assertThat(endless.untilClosed())
          .startsWith("HTTP/1.1 413 ")
          .containsIgnoringCase("connection: close");
    }
    assertThat(client.chat(large(30 * MEBIBYTE)).statusCode()).isEqualTo(200);
  }

  @Test
  void chunksOfOneByte_areOneBody() throws IOException {
    String body = large(100_000);
    StringBuilder chunks = new StringBuilder();
    body.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
    try (RawConnection crumbs = new RawConnection(mock)) {
      crumbs.send(RawConnection.chatHead("transfer-encoding: chunked\r\nconnection: close\r\n"));
      assertThat(crumbs.send(chunks + "0\r\n\r\n").untilClosed())
          .startsWith("HTTP/1.1 200 ")
          .contains("\"prompt_tokens\":20000");
    }
  }

  @Test
  void manyAtOnce_oneTooManyIsToldToComeBack() throws IOException {
    String head = RawConnection.chatHead("content-length: " + 30 * MEBIBYTE + "\r\n");
    String most = "x".repeat(29 * MEBIBYTE);
    try (RawConnection second = new RawConnection(mock)) {
      try (RawConnection first = new RawConnection(mock)) {
        // With the first bytes of the other, it is known that these have arrived or will.
        first.send(head).send(most);
        second.send(head).send(most);
        await().until(() -> first.hasAnswer() || second.hasAnswer());
        RawConnection refused = first.hasAnswer() ? first : second;
        assertThat(refused.until("later"))
            .startsWith("HTTP/1.1 503 ")
            .containsIgnoringCase("retry-after: 1");
        assertThat(first.hasAnswer() && second.hasAnswer()).isFalse();
        // Small ones have room.
        assertThat(client.chat(MockClient.whole(1)).statusCode()).isEqualTo(200);
      }
    }
    await().until(() -> client.chat(large(30 * MEBIBYTE)).statusCode() == 200);
  }

  @Test
  void pipelinedBehindAnAnswer_isRefusedAfterIt() throws IOException {
    try (RawConnection pipelined = new RawConnection(mock)) {
      pipelined.send(RawConnection.chat("", MockClient.streamed(100)));
      pipelined.send(RawConnection.chatHead("content-length: " + 33 * MEBIBYTE + "\r\n"));
      String said = pipelined.untilClosed();
      assertThat(said.indexOf("data: [DONE]"))
          .isPositive()
          .isLessThan(said.indexOf("HTTP/1.1 413 "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepJson_isNoRequest(String nested) {
    HttpResponse<String> refused = client.chat("{\"metadata\":" + nested.repeat(500_000));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/embeddings"})
  void packedBody_isToldSo(String path) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(MockClient.whole(1).getBytes(StandardCharsets.UTF_8));
    }
    try (RawConnection connection = new RawConnection(mock)) {
      connection.send(
          "POST %s HTTP/1.1\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n"
              .formatted(path, packed.size()));
      assertThat(connection.send(packed.toByteArray()).until("identity"))
          .startsWith("HTTP/1.1 415 ")
          .contains("content-encoding: found gzip");
    }
  }

  @Test
  void expectContinue_isToldToGoOn_orNot() throws IOException {
    String body = large(100_000);
    String expect = "expect: 100-continue\r\ncontent-length: ";
    try (RawConnection polite = new RawConnection(mock)) {
      polite.send(RawConnection.chatHead(expect + body.length() + "\r\n"));
      assertThat(polite.until("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      assertThat(polite.send(body).until("\"total_tokens\":20002")).startsWith("HTTP/1.1 200 ");
      polite.send(RawConnection.chatHead(expect + 33 * MEBIBYTE + "\r\n"));
      assertThat(polite.until("32 MiB")).contains("HTTP/1.1 413 ").doesNotContain("100 ");
    }
  }

  @Test
  void embeddings_manyNumbers_areMadeAside() {
    String inputs = "\"x\",".repeat(511) + "\"x\"";
    HttpResponse<String> answer =
        client.post(
            "/v1/embeddings",
            "{\"input\":[%s],\"dimensions\":4096,\"encoding_format\":\"base64\"}"
                .formatted(inputs));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSizeGreaterThan(512 * 4096 * Float.BYTES);
  }
}
