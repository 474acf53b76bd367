package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.candor.base.time.Clock;
import dev.candor.mock.FaultPlay;
import dev.candor.mock.FaultPlay.Played;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.audit.AuditFigures;
import dev.candor.mock.audit.AuditReport;
import dev.candor.mock.audit.Verdict;
import dev.candor.scenario.AuditScript;
import dev.candor.scenario.AuditScript.Act;
import dev.candor.scenario.yaml.AuditScriptFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@code candor audit}'s own script, made short, finds in clients as they come. */
final class AuditedClientsTest {
  private static final long LASTS_NANOS = 10_000_000_000L;
  private static final int USERS = 8;

  /** So that an hour's worth of answers does not hide what a minute of retries does. */
  private static final long PAUSE_SECONDS = 2;

  private static final AuditScript SCRIPT = AuditScriptFile.builtIn().lasting(LASTS_NANOS);

  /** A client that never gives its user more than an answer or a failure. */
  private interface Asking {
    /**
     * @param over opens as the script has ended: for users who think a while
     */
    void ask(int user, int number, CountDownLatch over) throws IOException, InterruptedException;
  }

  private record Audited(AuditReport whole, List<Played> acts) {
    AuditReport act(String name) {
      return acts.stream()
          .filter(played -> played.act().name().equals(name))
          .findFirst()
          .orElseThrow()
          .audit();
    }
  }

  /** Users that ask one thing after another while the script is played. */
  private static Audited audited(MockServer mock, List<Act> acts, Asking asking)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    // The script begins with the first answer, as a client may take its time to load.
    CountDownLatch loaded = new CountDownLatch(1);
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int user = 0; user < USERS; user++) {
        int own = user;
        users.execute(
            () -> {
              for (int number = 0; ended.getCount() > 0; number++) {
                try {
                  asking.ask(own, number, ended);
                  loaded.countDown();
                } catch (OpenAIException | IOException e) {
                  // What its user sees; the next question comes all the same.
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  return;
                }
              }
            });
      }
      loaded.await();
      List<Played> played = new FaultPlay(mock, Clock.system(), ended).play(acts, act -> {});
      Audited audited = new Audited(mock.audit(), played);
      ended.countDown();
      return audited;
    }
  }

  @Test
  void openAiSdk_asItComes_isGraceful() throws InterruptedException {
    try (MockServer mock = MockServer.start(MockOptions.of(SCRIPT.service(), 1))) {
      OpenAIClient client =
          OpenAIOkHttpClient.builder().baseUrl(mock.baseUrl().toString()).apiKey("any").build();
      Audited audited =
          audited(
              mock,
              SCRIPT.acts(),
              (user, number, _) ->
                  client
                      .chat()
                      .completions()
                      .create(
                          ChatCompletionCreateParams.builder()
                              .model("mock-model")
                              .addUserMessage("question %d of user %d".formatted(number, user))
                              .build()));
      client.close();
      assertThat(audited.whole().verdict())
          .as("%s%n%s", audited.whole(), audited.acts())
          .isEqualTo(Verdict.GRACEFUL);
      AuditFigures told = audited.act("429-retry-after").figures();
      assertThat(told.retryAfter().asked()).isPositive();
      assertThat(told.retryAfter().kept()).isEqualTo(told.retryAfter().asked());
      assertThat(told.attempts().most()).isLessThanOrEqualTo(3);
      // It has no deadline of its own within ten minutes: it waits for what hangs.
      AuditFigures hung = audited.act("hang").figures();
      assertThat(hung.failures().counts()).doesNotContainKey("client-gone");
      assertThat(hung.holding().longestNanos()).isGreaterThan(1_000_000_000L);
    }
  }

  @Test
  void clientThatRetriesAtOnce_isAStorm() throws InterruptedException {
    // Nothing is to be seen of retries while calls hang.
    AuditScript withoutHang =
        new AuditScript(
            SCRIPT.service(),
            SCRIPT.acts().stream().filter(act -> !act.name().equals("hang")).toList());
    try (MockServer mock = MockServer.start(MockOptions.of(SCRIPT.service(), 1));
        HttpClient client = HttpClient.newHttpClient()) {
      Audited audited =
          audited(
              mock,
              withoutHang.lasting(15_000_000_000L).acts(),
              (user, number, over) -> {
                HttpRequest request =
                    HttpRequest.newBuilder(URI.create(mock.baseUrl() + "/chat/completions"))
                        .POST(
                            HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%d of %d\"}]}"
                                    .formatted(number, user)))
                        .build();
                for (int attempt = 0; attempt < 500; attempt++) {
                  if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()
                      == 200) {
                    var _ = over.await(PAUSE_SECONDS, TimeUnit.SECONDS);
                    return;
                  }
                }
              });
      assertThat(audited.whole().verdict()).as("%s", audited.whole()).isEqualTo(Verdict.STORM);
      assertThat(audited.act("429-retry-after").figures().retryAfter().kept()).isZero();
      assertThat(audited.act("429-retry-after").verdict()).isIn(Verdict.STORM, Verdict.NAIVE);
      assertThat(audited.act("baseline").verdict()).isEqualTo(Verdict.NONE);
    }
  }
}
