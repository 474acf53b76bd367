package dev.candor.mock;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.scenario.MockSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a prefix cache does for those who are served, over the wire and in real time. */
final class CacheEffectsTest {

  @Test
  void ttft_ofASharedPrefixOfTenThousandTokens_isCutByOverEightyPercentWhenWarm() {
    MockSettings settings = TestProfiles.cached("h100-llama3-8b", 1, 16_384, null);
    try (MockServer mock = MockServer.start(MockOptions.of(settings, 1));
        MockClient client = new MockClient(mock)) {
      List<Long> cold = new ArrayList<>();
      List<Long> warm = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String prefix = words("prefix" + i, 10_000);
        cold.add(ttftNanos(mock, client, prefix + " first question"));
        warm.add(ttftNanos(mock, client, prefix + " another question"));
      }
      assertThat(median(warm))
          .as("warm %s ns, cold %s ns", warm, cold)
          .isLessThan(median(cold) / 5);
      assertThat(Scrape.of(client.get("/metrics").body()).value("vllm:prefix_cache_hits_total"))
          .isBetween(5 * 9_980.0, 5 * 10_000.0);
    }
  }

  private static long ttftNanos(MockServer mock, MockClient client, String prompt) {
    int before = mock.truth().size();
    client.answer(before, new Conversation(prompt).body());
    await().until(() -> mock.truth().size() == before + 1);
    TruthRecord truth = mock.truth().getLast();
    assertThat(truth.promptTokens()).isGreaterThan(10_000);
    return truth.emitted()[0] - truth.arrival();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** So many tokens, which are those of no other name. */
  private static String words(String name, int tokens) {
    // And two more for the name.
    return Stream.concat(Stream.of(name), Stream.generate(() -> "x").limit(tokens))
        .collect(Collectors.joining(" "));
  }

  private static final int TURNS = 4;
  private static final int FIRST_PROMPT_TOKENS = 2_000;
  private static final int ANSWER_TOKENS = 10;
  private static final int THINK_MILLIS = 250;

  /** KV for twelve: with two sessions more, each comes back to find that others took its place. */
  @Test
  void ttftP99_fromTwelveToFourteenSessions_risesTenfold_evictionsTellBefore() {
    Sessions twelve = Sessions.run(12);
    Sessions fourteen = Sessions.run(14);
    assertThat(fourteen.ttftP99Nanos())
        .as("p99 TTFT with 12 sessions %d ns", twelve.ttftP99Nanos())
        .isGreaterThan(10 * twelve.ttftP99Nanos());
    assertThat(twelve.evictedBefore).isZero();
    assertThat(fourteen.evictedBefore).isPositive();
  }

  /**
   * What became of some sessions.
   *
   * @param evictedBefore blocks that were evicted, as /metrics told when all sessions had said
   *     their first word and none had come back
   * @param returning the turns after the first
   */
  private record Sessions(double evictedBefore, List<TruthRecord> returning) {

    static Sessions run(int sessions) {
      int lastLength = FIRST_PROMPT_TOKENS + TURNS * 2 * ANSWER_TOKENS;
      MockSettings settings =
          TestProfiles.cached(TestProfiles.path("brisk.yaml"), 1, null, 12 * (lastLength / 16 + 1));
      try (MockServer mock = MockServer.start(MockOptions.of(settings, 1));
          MockClient client = new MockClient(mock)) {
        List<Conversation> conversations =
            IntStream.range(0, sessions)
                .mapToObj(i -> new Conversation(words("session" + i, FIRST_PROMPT_TOKENS)))
                .toList();
        conversations.forEach(conversation -> conversation.turn(client).join());
        double evicted =
            Scrape.of(client.get("/metrics").body())
                .value("candor_prefix_cache_evicted_blocks_total");
        conversations.stream()
            .map(conversation -> conversation.turns(client, TURNS - 1))
            .toList()
            .forEach(CompletableFuture::join);
        await().until(() -> mock.truth().size() == sessions * TURNS);
        assertThat(mock.truth()).allMatch(TruthRecord::complete);
        return new Sessions(evicted, mock.truth().subList(sessions, sessions * TURNS));
      }
    }

    /** By the engine's instants: a machine that is busy with something else changes none. */
    long ttftP99Nanos() {
      return returning.stream()
          .map(truth -> truth.firstToken() - truth.arrival())
          .sorted(Comparator.reverseOrder())
          .toList()
          .get(returning.size() / 100);
    }
  }

  /** A client that sends all that was said before. */
  private static final class Conversation {
    private final StringBuilder messages = new StringBuilder();

    Conversation(String first) {
      say("user", first);
    }

    private void say(String role, String text) {
      messages
          .append(messages.isEmpty() ? "" : ",")
          .append("{\"role\":\"%s\",\"content\":\"%s\"}".formatted(role, text));
    }

    String body() {
      return "{\"model\":\"m\",\"stream\":true,\"max_tokens\":%d,\"messages\":[%s]}"
          .formatted(ANSWER_TOKENS, messages);
    }

    CompletableFuture<?> turn(MockClient client) {
      return client
          .chatLater(body())
          .thenAccept(
              response -> {
                say("assistant", MockClient.Answer.of(response).text());
                say("user", "and then");
              });
    }

    CompletableFuture<?> turns(MockClient client, int turns) {
      CompletableFuture<?> all = CompletableFuture.completedFuture(null);
      for (int i = 0; i < turns; i++) {
        all =
            all.thenComposeAsync(
                _ -> turn(client), CompletableFuture.delayedExecutor(THINK_MILLIS, MILLISECONDS));
      }
      return all;
    }
  }
}
