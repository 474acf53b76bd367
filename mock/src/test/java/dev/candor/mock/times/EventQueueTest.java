package dev.candor.mock.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.random.Seed;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventQueueTest {
  private final EventQueue queue = new EventQueue();

  @Test
  void deliver_eachKind_saysWhatWasAdded() {
    EventLog log = new EventLog();
    queue.add(log, EventQueue.Kind.SCHEDULED, 1, 48, 3);
    queue.add(log, EventQueue.Kind.TOKEN, 2, 0, 0);
    queue.add(log, EventQueue.Kind.PREEMPTED, 3, 0, 0);
    queue.add(log, EventQueue.Kind.CRASHED, 4, 0, 0);
    while (queue.deliver(10)) {}
    assertThat(log.lines)
        .containsExactly("1 scheduled, 48 cached, on 3", "2 token", "3 preempted", "4 crashed");
  }

  @Test
  void deliver_beforeItsInstant_waits() {
    EventLog log = new EventLog();
    assertThat(queue.nextNanos()).isEqualTo(Long.MAX_VALUE);
    queue.add(log, EventQueue.Kind.TOKEN, 20, 0, 0);
    assertThat(queue.nextNanos()).isEqualTo(20);
    assertThat(queue.deliver(19)).isFalse();
    assertThat(log.lines).isEmpty();
    assertThat(queue.deliver(20)).isTrue();
    assertThat(queue.deliver(20)).isFalse();
    assertThat(log.lines).containsExactly("20 token");
    assertThat(queue.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }

  /** Against a queue of the JDK, over the ring's end and through its growth. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, -7})
  void order_isThatOfAdding_whateverTheSize(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    EventLog log = new EventLog();
    Deque<String> expected = new ArrayDeque<>();
    long nanos = 0;
    for (int round = 0; round < 200; round++) {
      for (int i = random.nextInt(round < 100 ? 60 : 30); i > 0; i--) {
        int detail = random.nextInt();
        queue.add(log, EventQueue.Kind.SCHEDULED, ++nanos, detail, round);
        expected.add("%d scheduled, %d cached, on %d".formatted(nanos, detail, round));
      }
      for (int i = random.nextInt(45); i > 0 && !expected.isEmpty(); i--) {
        assertThat(queue.deliver(nanos)).isTrue();
        assertThat(log.lines.removeLast()).as("seed %d", seed).isEqualTo(expected.remove());
      }
    }
    while (queue.deliver(nanos)) {
      assertThat(log.lines.removeLast()).as("seed %d", seed).isEqualTo(expected.remove());
    }
    assertThat(expected).isEmpty();
  }

  @Test
  void delivered_isNotKeptAlive() {
    List<WeakReference<TokenListener>> delivered = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      TokenListener listener = new EventLog();
      queue.add(listener, EventQueue.Kind.TOKEN, i, 0, 0);
      delivered.add(new WeakReference<>(listener));
    }
    while (queue.deliver(10)) {}
    await()
        .until(
            () -> {
              System.gc();
              return delivered.stream().allMatch(reference -> reference.refersTo(null));
            });
    assertThat(queue.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
