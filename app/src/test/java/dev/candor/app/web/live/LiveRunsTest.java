package dev.candor.app.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.app.run.LiveListener;
import dev.candor.app.web.http.Answer;
import dev.candor.report.console.LiveSecond;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveRunsTest {
  private static final int DAY = 86_400;

  private final FakeRun source = new FakeRun();
  private final LiveRuns runs = new LiveRuns(source, 0);

  @AfterEach
  void close() {
    source.ended.countDown();
    runs.close();
  }

  /** One run, told of by the test. */
  private static final class FakeRun implements LiveRuns.Source {
    final AtomicInteger followers = new AtomicInteger();
    final AtomicReference<LiveListener> listener = new AtomicReference<>();
    final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void follow(String id, LiveListener live) throws InterruptedException {
      followers.incrementAndGet();
      listener.set(live);
      ended.await();
    }

    @Override
    public Map<String, @Nullable Object> end(String id) {
      return Map.of("verdict", "pass");
    }

    LiveListener listener() {
      await().until(() -> listener.get() != null);
      return listener.get();
    }

    void second(int number) {
      listener().update(Seconds.snapshot(number, List.of(Seconds.second(number))));
    }
  }

  /** A client that reads all. */
  private static final class Client {
    final ByteArrayOutputStream read = new ByteArrayOutputStream();
    final Thread thread;

    Client(Answer answer) {
      thread = reading(answer, read);
    }

    String text() {
      return read.toString(StandardCharsets.UTF_8);
    }

    int count(String event) {
      return text().split("event: " + event + "\n", -1).length - 1;
    }
  }

  private static Thread reading(Answer answer, OutputStream out) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                ((Answer.Events) answer).source().writeTo(out);
              } catch (Exception e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Of a client that keeps up: the test waits for each event to be written. */
  private static final class CountingStream extends OutputStream {
    final Semaphore flushed = new Semaphore(0);
    int longest;

    @Override
    public void write(int b) {
      throw new AssertionError("events are written whole");
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      longest = Math.max(longest, length);
    }

    @Override
    public void flush() {
      flushed.release();
    }
  }

  /** Whose read never ends. */
  private static final class StuckStream extends OutputStream {
    final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void write(int b) {
      throw new AssertionError("events are written whole");
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws java.io.IOException {
      if (length > 100) {
        try {
          never.await();
        } catch (InterruptedException e) {
          throw new java.io.InterruptedIOException();
        }
      }
    }
  }

  @Test
  void watch_byMany_readsTheRunOnceAndTellsAllTheSame() throws Exception {
    List<Client> clients =
        IntStream.range(0, 5).mapToObj(_ -> new Client(runs.watch("a", null))).toList();
    await().until(() -> clients.stream().allMatch(client -> client.text().contains("retry")));
    for (int i = 0; i < 10; i++) {
      source.second(i);
    }
    source.ended.countDown();
    for (Client client : clients) {
      client.thread.join();
      assertThat(client.count("history")).isEqualTo(1);
      assertThat(client.count("second")).isEqualTo(9);
      assertThat(client.text())
          .endsWith("event: finished\nid: finished\ndata: {\"verdict\":\"pass\"}\n\n");
    }
    assertThat(source.followers).hasValue(1);
    await().until(() -> runs.following() == 0);
  }

  @Test
  void watch_byOneThatComesLater_begetsAllSoFarFirst() throws Exception {
    Client first = new Client(runs.watch("a", null));
    await().until(() -> first.text().contains("retry"));
    source.second(0);
    source.second(1);
    Client second = new Client(runs.watch("a", null));
    await().until(() -> second.count("history") == 1);
    source.second(2);
    source.ended.countDown();
    second.thread.join();
    assertThat(second.text())
        .containsSubsequence("\"second\":0", "\"second\":1", "event: second", "\"second\":2");
    assertThat(second.count("second")).isEqualTo(1);
  }

  @Test
  void update_ofADay_staysBoundedForAClientThatReadsAndOneThatDoesNot() throws Exception {
    CountingStream counting = new CountingStream();
    var _ = reading(runs.watch("a", null), counting);
    Thread slow = reading(runs.watch("a", null), new StuckStream());
    counting.flushed.acquire();
    LiveListener live = source.listener();
    for (int i = 0; i < DAY; i++) {
      live.update(Seconds.snapshot(i, List.of(Seconds.second(i))));
      counting.flushed.acquire();
    }
    assertThat(counting.longest).isLessThan(2_000);
    // It was dropped, and holds up nobody.
    slow.join();

    Client late = new Client(runs.watch("a", null));
    await().until(() -> late.count("history") == 1);
    assertThat(late.text().split("\"span_s\"", -1)).hasSizeLessThanOrEqualTo(LiveHistory.MOST + 1);
    assertThat(late.text().length()).isLessThan(400_000);
    assertThat(late.text()).contains(String.valueOf(Seconds.STALL_MS));
  }

  @Test
  void update_withADayAtOnce_isSentAsThinnedHistory() throws Exception {
    Client client = new Client(runs.watch("a", null));
    await().until(() -> client.text().contains("retry"));
    List<LiveSecond> all = IntStream.range(0, DAY).mapToObj(Seconds::second).toList();
    source.second(0);
    source.listener().update(Seconds.snapshot(DAY, all));
    source.ended.countDown();
    client.thread.join();
    assertThat(client.count("history")).isEqualTo(2);
    assertThat(client.count("second")).isZero();
    assertThat(client.text().length()).isLessThan(400_000);
  }

  @Test
  void gone_asTheLast_letsGoOfTheRun() throws Exception {
    Client client = new Client(runs.watch("a", null));
    await().until(() -> client.text().contains("retry") && runs.following() == 1);
    client.thread.interrupt();
    client.thread.join();
    await().until(() -> runs.following() == 0);
  }

  @Test
  void watch_again_afterTheEndWasSeen_isAnsweredWithNothing() {
    assertThat(runs.watch("a", "finished").status()).isEqualTo(204);
    assertThat(source.followers).hasValue(0);
  }
}
