package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionQueueTest {
  private final List<Integer> served = new ArrayList<>();

  private void admit(AdmissionQueue queue, int clients) {
    for (int i = 0; i < clients; i++) {
      int number = i;
      queue.admit(number, () -> served.add(number));
    }
  }

  @Test
  void admit_withoutALimit_servesAll() {
    AdmissionQueue queue = new AdmissionQueue(0);
    admit(queue, 1_000);
    assertThat(queue.limits()).isFalse();
    assertThat(served).hasSize(1_000);
    queue.release();
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void release_servesTheNextInOrder() {
    AdmissionQueue queue = new AdmissionQueue(2);
    admit(queue, 5);
    assertThat(served).containsExactly(0, 1);
    assertThat(queue.waiting()).isEqualTo(3);
    queue.release();
    assertThat(served).containsExactly(0, 1, 2);
    queue.release();
    queue.release();
    assertThat(served).containsExactly(0, 1, 2, 3, 4);
    queue.release();
    queue.release();
    queue.admit(5, () -> served.add(5));
    assertThat(served).endsWith(5);
  }

  @Test
  void leave_whoWaits_isNeitherServedNorCounted() {
    AdmissionQueue queue = new AdmissionQueue(1);
    admit(queue, 6);
    queue.leave(1);
    queue.leave(2);
    queue.leave(4);
    queue.leave(4);
    queue.leave(0);
    assertThat(queue.waiting()).isEqualTo(2);
    queue.release();
    queue.release();
    assertThat(served).containsExactly(0, 3, 5);
    assertThat(queue.waiting()).isZero();
  }

  /** As when no replica is up: each is turned away in its turn. */
  @Test
  void release_thoseServedEndAtOnce_neitherStackNorOrderSuffers() {
    AdmissionQueue queue = new AdmissionQueue(1);
    admit(queue, 1);
    for (int i = 1; i <= 100_000; i++) {
      int number = i;
      queue.admit(
          number,
          () -> {
            served.add(number);
            queue.release();
          });
    }
    queue.release();
    assertThat(served).hasSize(100_001).isSorted();
    queue.admit(100_001, () -> served.add(100_001));
    assertThat(served).endsWith(100_001);
    assertThat(queue.waiting()).isZero();
  }
}
