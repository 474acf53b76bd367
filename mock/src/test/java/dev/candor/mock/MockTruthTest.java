package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the mock says that it did: its instants, their order, its file and its endpoint. */
final class MockTruthTest {
  private static final int REQUESTS = 12;

  @TempDir Path temp;

  private static MockSettings settings(double ttft, int maxConcurrency, @Nullable Path truth) {
    return MockSettings.of(new Distribution.Constant(ttft), new Distribution.Constant(1e6))
        .withMaxConcurrency(maxConcurrency)
        .withTruth(truth);
  }

  private static void sendAtOnce(MockClient client, int requests, String body) {
    List<CompletableFuture<HttpResponse<String>>> pending =
        IntStream.range(0, requests)
            .mapToObj(number -> client.chatLater(body, "x-candor-request", "" + number))
            .toList();
    pending.forEach(response -> assertThat(response.join().statusCode()).isEqualTo(200));
  }

  private static List<TruthRecord> truth(MockServer mock, int requests) {
    await().until(() -> mock.truth().size() == requests);
    return mock.truth();
  }

  @Test
  void instants_areInOrder_emittedNeverBeforeIntended() {
    try (MockServer mock = MockServer.start(MockOptions.of(settings(5e6, 0, null), 1));
        MockClient client = new MockClient(mock)) {
      sendAtOnce(client, REQUESTS, MockClient.streamed(10));
      client.answer(REQUESTS, MockClient.whole(10));
      for (TruthRecord truth : truth(mock, REQUESTS + 1)) {
        assertThat(truth.complete()).isTrue();
        assertThat(truth.start()).isEqualTo(truth.arrival());
        assertThat(truth.outputTokens())
            .isEqualTo(10)
            .isEqualTo(IntStream.of(truth.tokens()).sum());
        assertThat(truth.intended()).isSorted();
        assertThat(truth.emitted()).isSorted().hasSameSizeAs(truth.intended());
        for (int event = 0; event < truth.emitted().length; event++) {
          assertThat(truth.emitted()[event]).isGreaterThanOrEqualTo(truth.intended()[event]);
        }
        assertThat(truth.end()).isGreaterThanOrEqualTo(truth.emitted()[truth.emitted().length - 1]);
      }
    }
  }

  @Test
  void maxConcurrency_queuesInOrderOfArrival() {
    try (MockServer mock = MockServer.start(MockOptions.of(settings(100e6, 1, null), 1));
        MockClient client = new MockClient(mock)) {
      sendAtOnce(client, 4, MockClient.streamed(2));
      List<TruthRecord> served =
          truth(mock, 4).stream().sorted(Comparator.comparingLong(TruthRecord::start)).toList();
      assertThat(served).isSortedAccordingTo(Comparator.comparingLong(TruthRecord::arrival));
      for (int i = 1; i < served.size(); i++) {
        TruthRecord before = served.get(i - 1);
        TruthRecord truth = served.get(i);
        assertThat(truth.start())
            .isGreaterThan(truth.arrival())
            .isGreaterThanOrEqualTo(before.emitted()[1]);
        assertThat(truth.intended()[0]).isEqualTo(truth.start() + 100_000_000L);
      }
    }
  }

  @Test
  void maxConcurrency_ofTwo_servesTwoAtOnce() {
    try (MockServer mock = MockServer.start(MockOptions.of(settings(50e6, 2, null), 1));
        MockClient client = new MockClient(mock)) {
      sendAtOnce(client, 6, MockClient.whole(1));
      for (TruthRecord truth : truth(mock, 6)) {
        long others =
            mock.truth().stream()
                .filter(
                    other ->
                        other.request() != truth.request()
                            && other.start() <= truth.start()
                            && other.emitted()[0] > truth.start())
                .count();
        assertThat(others).isLessThan(2);
      }
    }
  }

  @Test
  void file_agreesWithTheEndpoint() throws IOException {
    Path file = temp.resolve("truth.jsonl");
    List<JsonNode> told;
    MockServer mock = MockServer.start(MockOptions.of(settings(2e6, 0, file), 1));
    try (mock;
        MockClient client = new MockClient(mock)) {
      sendAtOnce(client, REQUESTS, MockClient.streamed(5));
      List<TruthRecord> kept = truth(mock, REQUESTS);
      HttpResponse<String> endpoint = client.get("/truth");
      assertThat(endpoint.headers().firstValue("content-type")).hasValue("application/x-ndjson");
      told = endpoint.body().lines().map(JsonMapper.shared()::readTree).toList();
      assertThat(told.getFirst().path("lateness").path("events").longValue())
          .isEqualTo(kept.stream().mapToLong(truth -> truth.emitted().length).sum());
      told = told.subList(1, told.size());
      assertThat(told)
          .extracting(line -> line.path("request").longValue())
          .containsExactlyElementsOf(kept.stream().map(TruthRecord::request).toList());
    }
    assertThat(mock.truthFailure()).isNull();
    List<JsonNode> written =
        Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
    // A machine that was too slow has the mock's warning behind them.
    assertThat(written.subList(0, told.size())).containsExactlyElementsOf(told);
    assertThat(written.subList(told.size(), written.size()))
        .allMatch(line -> line.path("lateness").path("warning").isString());
  }

  @Test
  void delete_forgetsTruthAndLateness() {
    try (MockServer mock = MockServer.start(MockOptions.of(settings(1e6, 0, null), 1));
        MockClient client = new MockClient(mock)) {
      sendAtOnce(client, REQUESTS, MockClient.streamed(5));
      truth(mock, REQUESTS);
      assertThat(mock.lateness().events()).isPositive();
      assertThat(client.send("DELETE", "/truth", "").statusCode()).isEqualTo(200);
      assertThat(mock.truth()).isEmpty();
      assertThat(mock.lateness().events()).isZero();
      sendAtOnce(client, 1, MockClient.streamed(5));
      truth(mock, 1);
      assertThat(mock.lateness().events()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientGone_isNotComplete(boolean stream) throws IOException {
    String body = stream ? MockClient.streamed(3) : MockClient.whole(3);
    try (MockServer mock = MockServer.start(MockOptions.of(settings(200e6, 1, null), 1))) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), mock.port())) {
        socket
            .getOutputStream()
            .write(
                ("POST /v1/chat/completions HTTP/1.1\r\ncontent-length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.UTF_8));
      }
      TruthRecord truth = truth(mock, 1).getFirst();
      assertThat(truth.complete()).isFalse();
      assertThat(truth.outputTokens()).isZero();
      assertThat(truth.emitted()).isEmpty();
      // Its place is free again.
      try (MockClient client = new MockClient(mock)) {
        assertThat(client.chat(body).statusCode()).isEqualTo(200);
      }
    }
  }
}
