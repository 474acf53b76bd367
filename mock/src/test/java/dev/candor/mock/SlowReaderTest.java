package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A client that asks for a long answer and reads nothing while it is made: what it has not read
 * stays small, and the answer is whole when it reads at last.
 */
final class SlowReaderTest {
  private static final int TOKENS = 120_000;
  private static final long MOST_BYTES = 8 << 20;
  private static final int RECEIVE_BUFFER = 16 << 10;
  private static final String BODY = MockClient.streamed(TOKENS);
  private static final MockSettings AT_ONCE =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(0));
  private static final Pattern GENERATED =
      Pattern.compile("(?m)^vllm:generation_tokens_total\\{[^}]*} (\\S+)$");

  /** Until all tokens are made, whoever reads them. */
  private static void awaitGenerated(MockServer mock) {
    try (MockClient client = new MockClient(mock)) {
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(
              () -> {
                Matcher generated = GENERATED.matcher(client.get("/metrics").body());
                return generated.find() && Double.parseDouble(generated.group(1)) >= TOKENS;
              });
    }
  }

  private static long buffered() {
    ByteBufAllocatorMetricProvider allocator =
        (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
    return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
  }

  @Test
  void readsNothingAtFirst_isBuffered_withinBounds_andWholeInTheEnd() throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(AT_ONCE, 1));
        RawConnection slow = new RawConnection(mock, RECEIVE_BUFFER)) {
      long before = buffered();
      String body;
      try (Bystander _ = new Bystander(mock)) {
        // HTTP/1.0: no chunks, so that the bytes are the events.
        slow.send(
            RawConnection.chat("x-candor-request: 7\r\n", BODY).replace("HTTP/1.1", "HTTP/1.0"));
        awaitGenerated(mock);
        assertThat(buffered() - before).isLessThan(MOST_BYTES);
        assertThat(mock.truth()).allMatch(truth -> truth.request() != 7);

        String said = slow.untilClosed();
        body = said.substring(said.indexOf("\r\n\r\n") + 4);
      }
      assertThat((long) body.length()).isGreaterThan(2 * MOST_BYTES);
      try (MockClient client = new MockClient(mock)) {
        // The same number has the same words; ids and instants differ.
        assertThat(MockClient.Answer.ofEvents(body).text())
            .isEqualTo(client.answer(7, BODY).text());
      }
      TruthRecord truth =
          mock.truth().stream().filter(t -> t.request() == 7).findFirst().orElseThrow();
      assertThat(truth.slowReader()).isTrue();
      assertThat(truth.complete()).isTrue();
      assertThat(truth.outputTokens()).isEqualTo(TOKENS);
    }
  }

  @Test
  void lateness_ofWhatASlowReaderHeldBack_isNotCounted() throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(AT_ONCE, 1));
        RawConnection slow = new RawConnection(mock, RECEIVE_BUFFER)) {
      slow.send(RawConnection.chat("connection: close\r\n", BODY));
      awaitGenerated(mock);
      long counted = mock.lateness().events();
      assertThat(counted).isLessThan(TOKENS * 2 / 3);
      assertThat(slow.untilClosed()).endsWith("0\r\n\r\n");
      assertThat(mock.lateness().events()).isEqualTo(counted);
    }
  }

  @Test
  void http2_readsNothingAtFirst_isBuffered_withinBounds_andWholeInTheEnd() {
    try (MockServer mock = MockServer.start(MockOptions.of(AT_ONCE, 1));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest health = HttpRequest.newBuilder(mock.baseUrl().resolve("/health")).build();
      client.sendAsync(health, HttpResponse.BodyHandlers.ofString()).join();
      long before = buffered();
      HttpRequest request =
          HttpRequest.newBuilder(mock.baseUrl().resolve("/v1/chat/completions"))
              .POST(HttpRequest.BodyPublishers.ofString(BODY))
              .build();
      // A stream of lines is read as they are asked for.
      HttpResponse<Stream<String>> slow =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).join();
      assertThat(slow.version()).isEqualTo(HttpClient.Version.HTTP_2);
      awaitGenerated(mock);
      assertThat(buffered() - before).isLessThan(MOST_BYTES);
      assertThat(client.sendAsync(health, HttpResponse.BodyHandlers.ofString()).join().body())
          .isEqualTo("ok");
      String events = slow.body().collect(Collectors.joining("\n", "", "\n"));
      assertThat(MockClient.words(MockClient.Answer.ofEvents(events).text())).isEqualTo(TOKENS);
      await().until(() -> !mock.truth().isEmpty());
      assertThat(mock.truth().getFirst().slowReader()).isTrue();
      assertThat(mock.truth().getFirst().complete()).isTrue();
    }
  }
}
