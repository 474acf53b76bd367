package dev.candor.load.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.load.transport.PreparedRequest;
import dev.candor.workload.Prompt;
import dev.candor.workload.PromptSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AheadFeedTest {
  private static final PromptSource PROMPTS = AheadFeedTest::prompt;

  private static Prompt prompt(long number) {
    return new Prompt("c", List.of(new Prompt.Message("user", "n" + number)), 1, 1);
  }

  @Test
  void poll_everyLoopHasItsOwnRequests_inOrder() throws Exception {
    try (AheadFeed feed = new AheadFeed(PROMPTS, new EchoDialect(), 3, 60, () -> {})) {
      feed.awaitReady();
      for (int loop = 0; loop < 3; loop++) {
        for (int k = 0; k < 10; k++) {
          PreparedRequest next = feed.poll(loop);
          assertThat(next).isNotNull();
          assertThat(next.number()).isEqualTo(loop + 3L * k);
          assertThat(new String(next.body(), UTF_8)).isEqualTo("n" + next.number());
        }
      }
      assertThat(feed.failure()).isNull();
    }
  }

  @Test
  void bytes_areBoundedForEachLoop_soThatOneThatTakesNoneStarvesNoOther() throws Exception {
    // 40 MiB each: two of them are above a loop's half of the bound.
    String large = "x".repeat(40 << 20);
    AtomicLong encoded = new AtomicLong();
    PromptSource source =
        number -> {
          encoded.incrementAndGet();
          return new Prompt("c", List.of(new Prompt.Message("user", large)), 1, 1);
        };
    try (AheadFeed feed = new AheadFeed(source, new EchoDialect(), 2, 4096, () -> {})) {
      feed.awaitReady();
      assertThat(encoded.get()).isEqualTo(4);
      for (int taken = 0; taken < 5; taken++) {
        PreparedRequest next = feed.poll(1);
        while (next == null) {
          Thread.onSpinWait();
          next = feed.poll(1);
        }
        assertThat(next.number()).isEqualTo(2L * taken + 1);
        assertThat(encoded.get()).isLessThanOrEqualTo(4 + taken + 1);
      }
    }
  }

  @Test
  void oneThatIsLargerThanTheBound_isStillEncoded() throws Exception {
    String huge = "x".repeat(160 << 20);
    PromptSource source =
        number -> new Prompt("c", List.of(new Prompt.Message("user", huge)), 1, 1);
    try (AheadFeed feed = new AheadFeed(source, new EchoDialect(), 1, 4096, () -> {})) {
      feed.awaitReady();
      PreparedRequest first = feed.poll(0);
      assertThat(first).isNotNull();
      assertThat(first.body()).hasSize(160 << 20);
    }
  }

  @Test
  void failure_atOnce_isThrownByAwaitReady() {
    PromptSource broken =
        number -> {
          throw new IllegalStateException("no prompts");
        };
    try (AheadFeed feed = new AheadFeed(broken, new EchoDialect(), 1, 1, () -> {})) {
      assertThatThrownBy(feed::awaitReady).hasMessage("no prompts");
    }
  }

  @Test
  void failure_later_isTold() throws Exception {
    PromptSource limited =
        number -> {
          if (number >= 100) {
            throw new IllegalStateException("out of prompts");
          }
          return prompt(number);
        };
    CountDownLatch told = new CountDownLatch(1);
    try (AheadFeed feed = new AheadFeed(limited, new EchoDialect(), 1, 16, told::countDown)) {
      feed.awaitReady();
      long polled = 0;
      while (polled < 100) {
        polled += feed.poll(0) == null ? 0 : 1;
      }
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(feed.failure()).hasMessage("out of prompts");
    }
  }
}
