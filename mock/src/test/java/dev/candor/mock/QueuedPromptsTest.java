package dev.candor.mock;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Large prompts whose answers are far off: what waits for them is small, and goes with them. */
final class QueuedPromptsTest {
  private static final int PROMPTS = 20;
  private static final int BYTES = 5_000_000;
  private static final MockSettings NEVER =
      MockSettings.of(new Distribution.Constant(3600e9), new Distribution.Constant(0))
          .withMaxConcurrency(2);

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void awaitWaiting(MockClient client, int waiting) {
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () ->
                client
                    .get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("vllm:num_requests_waiting{"))
                    .anyMatch(
                        line ->
                            line.endsWith(" " + waiting) || line.endsWith(" " + waiting + ".0")));
  }

  @Test
  void counted_theyAreNotHeld_andLeaveTheQueueWithTheirClients() throws IOException {
    byte[] request =
        RawConnection.chat(
                "",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":2}"
                    .formatted(" word".repeat(BYTES / 5)))
            .getBytes(US_ASCII);
    List<RawConnection> clients = new ArrayList<>();
    try (MockServer mock = MockServer.start(MockOptions.of(NEVER, 1));
        MockClient inspector = new MockClient(mock)) {
      awaitWaiting(inspector, 0);
      long before = usedHeap();
      for (int i = 0; i < PROMPTS; i++) {
        clients.add(new RawConnection(mock).send(request));
      }
      awaitWaiting(inspector, PROMPTS - 2);
      assertThat(usedHeap() - before).isLessThan((long) PROMPTS * BYTES / 4);
      for (RawConnection client : clients.subList(2, PROMPTS)) {
        client.close();
      }
      awaitWaiting(inspector, 0);
      assertThat(mock.truth()).hasSize(PROMPTS - 2).noneMatch(TruthRecord::complete);
    } finally {
      for (RawConnection client : clients) {
        client.close();
      }
    }
  }
}
