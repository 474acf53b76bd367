package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A request's draws are its number's: concurrency, order and connections change none of them. */
final class MockDrawsTest {
  private static final int REQUESTS = 20;
  private static final long SEED = 42;
  private static final String BODY = MockClient.streamed(40);
  private static final MockSettings VARIED =
      MockSettings.of(new Distribution.LogNormal(8e6, 0.5), new Distribution.Gamma(1e6, 0.5))
          .withOutputTokens(new Distribution.Uniform(5, 50))
          .withTokensPerChunk(3)
          .withReasoningTokens(2);

  /** What a request drew; times counted from the start of its service. */
  private record Draw(List<Long> afterStart, List<Integer> tokens, String thought, String text) {}

  @Test
  void draws_oneAtATime_equalAllAtOnceInReverse() {
    Map<Long, Draw> calm = oneAtATime(SEED);
    assertThat(calm).hasSize(REQUESTS);
    assertThat(calm.values()).doesNotHaveDuplicates();
    assertThat(allAtOnce(SEED)).as("seed %d", SEED).isEqualTo(calm);
  }

  /** Of any client, which gives no numbers: by what is asked, not by when. */
  @Test
  void answers_fiftyAtOnce_areTheSameInEveryRun() {
    Map<String, String> one = answersOfFiftyAtOnce(SEED, false);
    assertThat(one).hasSize(100).doesNotContainValue("");
    assertThat(new HashSet<>(one.values())).hasSize(100);
    assertThat(answersOfFiftyAtOnce(SEED, true)).as("seed %d", SEED).isEqualTo(one);
    assertThat(answersOfFiftyAtOnce(SEED + 1, false)).isNotEqualTo(one);
  }

  /** What each of a hundred prompts was answered, with its usage, byte for byte. */
  private static Map<String, String> answersOfFiftyAtOnce(long seed, boolean reversed) {
    try (MockServer mock = MockServer.start(MockOptions.of(VARIED, seed));
        MockClient client = new MockClient(mock)) {
      List<String> prompts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        prompts.add("question " + (reversed ? 99 - i : i));
      }
      Map<String, String> answers = new ConcurrentHashMap<>();
      Semaphore room = new Semaphore(50);
      List<CompletableFuture<?>> pending = new ArrayList<>();
      for (String prompt : prompts) {
        room.acquireUninterruptibly();
        String body =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":40}"
                .formatted(prompt);
        pending.add(
            client
                .chatLater(body)
                .whenComplete((_, _) -> room.release())
                .thenAccept(
                    response -> {
                      MockClient.Answer answer = MockClient.Answer.of(response);
                      answers.put(prompt, answer.text() + answer.usages());
                    }));
      }
      pending.forEach(CompletableFuture::join);
      return answers;
    }
  }

  @Test
  void draws_anotherSeed_differ() {
    Map<Long, Draw> one = oneAtATime(SEED);
    oneAtATime(SEED + 1).forEach((number, draw) -> assertThat(draw).isNotEqualTo(one.get(number)));
  }

  private static Map<Long, Draw> oneAtATime(long seed) {
    try (MockServer mock = MockServer.start(MockOptions.of(VARIED, seed));
        MockClient client = new MockClient(mock)) {
      Map<Long, MockClient.Answer> answers = new TreeMap<>();
      for (long number = 0; number < REQUESTS; number++) {
        answers.put(number, client.answer(number, BODY));
      }
      return draws(mock, answers);
    }
  }

  private static Map<Long, Draw> allAtOnce(long seed) {
    try (MockServer mock = MockServer.start(MockOptions.of(VARIED, seed));
        MockClient client = new MockClient(mock)) {
      Map<Long, CompletableFuture<HttpResponse<String>>> pending = new TreeMap<>();
      for (long number = REQUESTS - 1; number >= 0; number--) {
        pending.put(number, client.chatLater(BODY, "x-candor-request", Long.toString(number)));
      }
      Map<Long, MockClient.Answer> answers = new TreeMap<>();
      pending.forEach(
          (number, response) -> answers.put(number, MockClient.Answer.of(response.join())));
      return draws(mock, answers);
    }
  }

  private static Map<Long, Draw> draws(MockServer mock, Map<Long, MockClient.Answer> answers) {
    await().until(() -> mock.truth().size() == answers.size());
    Map<Long, TruthRecord> truths =
        mock.truth().stream().collect(Collectors.toMap(TruthRecord::request, Function.identity()));
    assertThat(truths).containsOnlyKeys(answers.keySet());
    Map<Long, Draw> draws = new TreeMap<>();
    answers.forEach(
        (number, answer) ->
            draws.put(number, draw(Objects.requireNonNull(truths.get(number)), answer)));
    return draws;
  }

  private static Draw draw(TruthRecord truth, MockClient.Answer answer) {
    return new Draw(
        LongStream.of(truth.intended()).map(at -> at - truth.start()).boxed().toList(),
        Arrays.stream(truth.tokens()).boxed().toList(),
        answer.thought(),
        answer.text());
  }
}
