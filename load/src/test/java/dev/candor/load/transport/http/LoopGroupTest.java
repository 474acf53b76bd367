package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.candor.base.error.CandorException;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.ChatDialect;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.record.Outcome;
import dev.candor.scenario.Api;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.ClientSettings.Io;
import dev.candor.scenario.Connections;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoopGroupTest {
  private static final String EVENTS =
      """
      data: {"choices":[{"delta":{"content":"hi"}}]}

      data: [DONE]

      """;
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n%s"
          .formatted(EVENTS.length(), EVENTS);

  private static boolean has(Io io) {
    return switch (io) {
      case AUTO, NIO -> true;
      case EPOLL -> Epoll.isAvailable();
      case IO_URING -> IoUring.isAvailable();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, false",
    "NIO, false",
    "EPOLL, false",
    "EPOLL, true",
    "AUTO, true",
    "IO_URING, false"
  })
  void everyKind_answersAndKeepsTime(Io io, boolean busyPoll) throws Exception {
    assumeThat(has(io) && (!busyPoll || Epoll.isAvailable())).isTrue();
    Target target = target(new ClientSettings(1, io, busyPoll, List.of()));
    try (RawServer server =
            new RawServer(
                (head, out) -> {
                  RawServer.write(out, ANSWER);
                  return true;
                });
        HttpLoops loops =
            new HttpLoops(1, server.url(), target, new ChatDialect(target), Clock.system())) {
      Loop loop = loops.loops().getFirst();
      CompletableFuture<Outcome> ended = new CompletableFuture<>();
      CompletableFuture<Long> late = new CompletableFuture<>();
      loop.executor()
          .execute(
              () -> {
                long due = loop.scheduler().nanoTime() + 20_000_000;
                loop.scheduler().at(due, () -> late.complete(loop.scheduler().nanoTime() - due));
                loop.transport()
                    .start(
                        new PreparedRequest(0, "test", 5, 9, "{}".getBytes(UTF_8)),
                        new AttemptTrace(),
                        trace -> ended.complete(trace.outcome));
              });
      assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(Outcome.COMPLETED);
      assertThat(late.get(30, TimeUnit.SECONDS)).isNotNegative();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pin_theLoopsThreadMayRunThereAlone() throws Exception {
    int core = CoreAffinity.coresOfThisThread().nextSetBit(0);
    BitSet only = new BitSet();
    only.set(core);
    try (LoopGroup group = new LoopGroup(2, new ClientSettings(2, Io.AUTO, false, List.of(core)))) {
      assertThat(group.loops()).doesNotHaveDuplicates().hasSize(2);
      for (EventLoop loop : group.loops()) {
        assertThat(loop.submit(CoreAffinity::coresOfThisThread).get(30, TimeUnit.SECONDS))
            .isEqualTo(only);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pin_coreThatIsNotThere_isTheUsersMistake() {
    assertThatThrownBy(
            () -> HttpLoops.check(1, new ClientSettings(1, Io.AUTO, false, List.of(1023))))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("target.client.pin: found core 1023, must be one that this process");
  }

  @Test
  void check_whatTheMachineLacks_isTheUsersMistake() {
    assumeThat(IoUring.isAvailable()).isFalse();
    assertThatThrownBy(
            () -> HttpLoops.check(1, new ClientSettings(1, Io.IO_URING, false, List.of())))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("target.client asks for io_uring");
  }

  private static Target target(ClientSettings client) {
    return new Target(
        List.of(),
        Api.OPENAI_CHAT,
        null,
        "m",
        null,
        Map.of(),
        Map.of(),
        true,
        false,
        "max_tokens",
        true,
        Timeouts.DEFAULT,
        true,
        null,
        Connections.DEFAULT,
        client,
        MockSettings.DEFAULT);
  }
}
