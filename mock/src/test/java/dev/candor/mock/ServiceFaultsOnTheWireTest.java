package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.protocol.serve.Dialect;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Faults of the whole service or of a replica: what clients hear and what the truth says. */
final class ServiceFaultsOnTheWireTest {
  private static final String RULES = "/admin/faults";
  private static final Pattern WAITING = Pattern.compile("num_requests_waiting\\{[^}]*} 999");
  private static final MockSettings DRAWN =
      MockSettings.of(new Distribution.Constant(2e6), new Distribution.Constant(1e6));

  private static String body(int tokens) {
    return RawCall.body(Dialect.CHAT, true, tokens);
  }

  private static Heard ask(MockServer mock, int tokens) throws IOException {
    return RawCall.ask(mock, Dialect.CHAT, body(tokens));
  }

  private static TruthRecord last(MockServer mock, int requests) {
    await().until(() -> mock.truth().size() == requests);
    return mock.truth().getLast();
  }

  private static long[] gaps(TruthRecord truth) {
    long[] at = truth.intended();
    return LongStream.range(1, at.length).map(i -> at[(int) i] - at[(int) i - 1]).toArray();
  }

  @Test
  void refused_newConnectionsFail_oldOnesLiveOn_untilItEnds() throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(DRAWN, 1));
        MockClient old = new MockClient(mock)) {
      assertThat(old.send("PUT", RULES, "faults: [{fault: refused, for: 1h}]").statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> connect(mock)).isInstanceOf(ConnectException.class);
      assertThat(MockClient.words(old.answer(0, MockClient.streamed(5)).text())).isEqualTo(5);
      assertThatThrownBy(() -> connect(mock)).isInstanceOf(ConnectException.class);
      assertThat(old.send("DELETE", RULES, "").statusCode()).isEqualTo(200);
      await().ignoreExceptions().untilAsserted(() -> connect(mock));
      ask(mock, 5).assertWell(5);
      assertThat(old.get("/health").body()).isEqualTo("ok");
    }
  }

  private static void connect(MockServer mock) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), mock.port()).close();
  }

  @Test
  void crash_resetsWhatTheReplicaHas_theOtherGoesOn() throws IOException {
    try (MockServer mock = Engines.start(Engines.slow(Engines.roomy(2)));
        MockClient admin = new MockClient(mock);
        RawCall first = new RawCall(mock, Dialect.CHAT, body(50))) {
      first.hearSomething();
      try (RawCall second = new RawCall(mock, Dialect.CHAT, body(50))) {
        second.hearSomething();
        admin.send("PUT", RULES, "faults: [{fault: spike, factor: 2}, {fault: crash, for: 1h}]");
        Heard dead = first.hear();
        assertThat(dead.end()).isEqualTo(Heard.End.RESET);
        second.hear().assertWell(50);
      }
      for (int i = 0; i < 3; i++) {
        ask(mock, 3).assertWell(3);
      }
      last(mock, 5);
      TruthRecord crashed = mock.truth().getFirst();
      assertThat(crashed.replica()).isZero();
      assertThat(crashed.complete()).isFalse();
      assertThat(crashed.faults()).containsExactly("crash");
      assertThat(crashed.outputTokens()).isLessThan(50);
      assertThat(mock.truth().subList(1, 5))
          .allMatch(truth -> truth.replica() == 1 && truth.complete() && truth.faults().isEmpty());
    }
  }

  @Test
  void crash_restartsWithAColdCache() throws IOException {
    try (MockServer mock = Engines.start(Engines.roomy(2));
        MockClient admin = new MockClient(mock)) {
      String body = RawCall.body(Dialect.CHAT, true, 3, "word ".repeat(40).strip());
      for (int i = 0; i < 4; i++) {
        RawCall.ask(mock, Dialect.CHAT, body).assertWell(3);
      }
      last(mock, 4);
      assertThat(mock.truth().subList(2, 4)).allMatch(truth -> truth.cachedTokens() == 36);
      admin.send("PUT", RULES, "faults: [{fault: crash, for: 1h}]");
      admin.send("DELETE", RULES, "");
      RawCall.ask(mock, Dialect.CHAT, body).assertWell(3);
      RawCall.ask(mock, Dialect.CHAT, body).assertWell(3);
      last(mock, 6);
      assertThat(mock.truth().subList(4, 6))
          .extracting(TruthRecord::replica, TruthRecord::cachedTokens)
          .containsExactlyInAnyOrder(tuple(0, 0), tuple(1, 36));
    }
  }

  @Test
  void crash_ofAll_is503_andAsksToWait() throws IOException {
    for (MockSettings settings : List.of(Engines.roomy(1), DRAWN)) {
      try (MockServer mock = Engines.start(settings.withFault(new MockFault.Crash(0)))) {
        Heard heard = ask(mock, 3);
        assertThat(heard.status()).isEqualTo(503);
        assertThat(heard.header("retry-after")).isEqualTo("1");
        TruthRecord truth = last(mock, 1);
        assertThat(truth.status()).isEqualTo(503);
        assertThat(truth.outputTokens()).isZero();
      }
    }
  }

  @Test
  void crash_withAThousandWaiting_turnsAllAway() throws IOException {
    MockSettings endless = DRAWN.withMaxConcurrency(1).withFault(new MockFault.Spike(1e6));
    try (MockServer mock = Engines.start(endless);
        MockClient client = new MockClient(mock)) {
      List<CompletableFuture<HttpResponse<String>>> pending =
          IntStream.range(0, 1000).mapToObj(i -> client.chatLater(MockClient.whole(3))).toList();
      await().until(() -> WAITING.matcher(client.get("/metrics").body()).find());
      client.send("PUT", RULES, "faults: [{fault: crash, for: 1h}]");
      last(mock, 1000);
      assertThat(pending.stream().filter(one -> one.handle((said, failed) -> isDown(said)).join()))
          .hasSize(999);
      client.send("DELETE", RULES, "");
      assertThat(client.chat(MockClient.whole(3)).statusCode()).isEqualTo(200);
    }
  }

  private static boolean isDown(@Nullable HttpResponse<String> said) {
    return said != null && said.statusCode() == 503;
  }

  @Test
  void brownOut_slowsOneReplica() throws IOException {
    MockSettings settings = Engines.roomy(2).withFault(new MockFault.BrownOut(1, 30));
    try (MockServer mock = Engines.start(settings)) {
      for (int i = 0; i < 4; i++) {
        ask(mock, 5).assertWell(5);
      }
      last(mock, 4);
      for (TruthRecord truth : mock.truth()) {
        assertThat(gaps(truth)).containsOnly(truth.replica() == 1 ? 30_000_000 : 1_000_000);
      }
      assertThat(mock.truth()).extracting(TruthRecord::replica).contains(0, 1);
    }
  }

  @Test
  void spike_slowsEverything() throws IOException {
    try (MockServer mock = Engines.start(DRAWN.withFault(new MockFault.Spike(7)))) {
      ask(mock, 5).assertWell(5);
      TruthRecord truth = last(mock, 1);
      assertThat(truth.firstToken() - truth.arrival()).isEqualTo(14_000_000);
      assertThat(gaps(truth)).containsOnly(7_000_000);
    }
  }

  @Test
  void leak_grows() throws IOException {
    // By ten times a second.
    try (MockServer mock = Engines.start(DRAWN.withFault(new MockFault.Leak(36_000)))) {
      await()
          .until(
              () -> {
                int before = mock.truth().size();
                ask(mock, 1).assertWell(1);
                TruthRecord truth = last(mock, before + 1);
                return truth.firstToken() - truth.arrival() >= 20_000_000;
              });
      TruthRecord first = mock.truth().getFirst();
      assertThat(first.firstToken() - first.arrival()).isLessThan(20_000_000);
    }
  }
}
