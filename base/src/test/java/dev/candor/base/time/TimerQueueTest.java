package dev.candor.base.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimerQueueTest {
  private final TimerQueue queue = new TimerQueue();
  private final List<String> ran = new ArrayList<>();

  @Test
  void run_takesWhatIsDue_earliestFirst_equalsInTheirOrder() {
    queue.add(30, () -> ran.add("30"));
    queue.add(10, () -> ran.add("10a"));
    queue.add(20, () -> ran.add("20"));
    queue.add(10, () -> ran.add("10b"));
    assertThat(queue.earliest()).isEqualTo(10);
    queue.run(20);
    assertThat(ran).containsExactly("10a", "10b", "20");
    assertThat(queue.earliest()).isEqualTo(30);
    queue.run(30);
    assertThat(queue.earliest()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void cancel_takesOut_andIsWithoutEffectLater() {
    Timer first = queue.add(10, () -> ran.add("first"));
    Timer second = queue.add(20, () -> ran.add("second"));
    first.cancel();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.earliest()).isEqualTo(20);
    queue.run(20);
    first.cancel();
    second.cancel();
    assertThat(ran).containsExactly("second");
    assertThat(queue.size()).isZero();
  }

  @Test
  void run_aTaskThatPutsItselfInAgain_doesNotKeepTheThread() {
    queue.add(0, this::again);
    queue.run(5);
    queue.run(5);
    assertThat(ran).hasSize(2);
  }

  private void again() {
    ran.add("again");
    queue.add(0, this::again);
  }

  @Test
  void run_aTaskThatCancelsAnotherOfItsInstant_itDoesNotRun() {
    Timer[] other = new Timer[1];
    queue.add(1, () -> other[0].cancel());
    other[0] = queue.add(1, () -> ran.add("cancelled"));
    queue.run(1);
    assertThat(ran).isEmpty();
  }

  @Test
  void run_aTaskThatThrows_losesNoOther() {
    queue.add(
        1,
        () -> {
          throw new IllegalStateException("planted");
        });
    queue.add(1, () -> ran.add("after"));
    try {
      queue.run(1);
    } catch (IllegalStateException e) {
      queue.run(1);
    }
    assertThat(ran).containsExactly("after");
  }

  /** A sorted list of tasks that can only be marked as cancelled. */
  private static final class Oracle {
    private final PriorityQueue<Task> tasks =
        new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.nanos)
                .thenComparingLong(task -> task.sequence));
    private long now;
    private long sequence;

    Timer at(long nanos, Runnable action) {
      Task task = new Task(nanos, sequence++, action);
      tasks.add(task);
      return () -> task.cancelled = true;
    }

    void runUntil(long nanos) {
      for (Task task = tasks.peek(); task != null && task.nanos <= nanos; task = tasks.peek()) {
        tasks.remove();
        if (!task.cancelled) {
          task.action.run();
        }
      }
      now = nanos;
    }

    private static final class Task {
      final long nanos;
      final long sequence;
      final Runnable action;
      boolean cancelled;

      Task(long nanos, long sequence, Runnable action) {
        this.nanos = nanos;
        this.sequence = sequence;
        this.action = action;
      }
    }
  }

  /** The same calls, the same tasks in the same order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anything_isAsInASortedList(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    Oracle oracle = new Oracle();
    List<Integer> expected = new ArrayList<>();
    List<Integer> actual = new ArrayList<>();
    List<Timer> timers = new ArrayList<>();
    List<Timer> oracles = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      long now = oracle.now;
      switch ((int) (random.nextDouble() * 8)) {
        case 0, 1, 2, 3, 4 -> {
          int number = i;
          long due = now + 1 + (long) (random.nextDouble() * 500);
          timers.add(queue.add(due, () -> actual.add(number)));
          oracles.add(oracle.at(due, () -> expected.add(number)));
        }
        case 5, 6 -> {
          if (!timers.isEmpty()) {
            int which = (int) (random.nextDouble() * timers.size());
            timers.get(which).cancel();
            oracles.get(which).cancel();
          }
        }
        default -> {
          long until = now + (long) (random.nextDouble() * 20);
          oracle.runUntil(until);
          queue.run(until);
          assertThat(actual).as("seed %d, step %d", seed, i).hasSameSizeAs(expected);
        }
      }
    }
    oracle.runUntil(oracle.now + 1_000);
    queue.run(oracle.now);
    assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    assertThat(expected).hasSizeGreaterThan(5_000);
  }
}
