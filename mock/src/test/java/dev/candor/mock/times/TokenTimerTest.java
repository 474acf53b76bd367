package dev.candor.mock.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.base.time.VirtualTime;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTimerTest {
  /** Dense tokens wait for each other, so long at most. */
  private static final long LATEST_NANOS = 50_000;

  private final VirtualTime time = new VirtualTime();
  private final List<Long> woken = new ArrayList<>();
  private long mostLateNanos;

  /** Is woken at the instants given, and says so. */
  private final class Listed extends TokenTimer.Entry {
    private final long[] instants;
    private int next;

    Listed(long... instants) {
      this.instants = instants;
    }

    @Override
    long wake(long dueNanos) {
      assertThat(dueNanos).isEqualTo(instants[next]);
      assertThat(time.nanoTime()).isGreaterThanOrEqualTo(dueNanos);
      mostLateNanos = Math.max(mostLateNanos, time.nanoTime() - dueNanos);
      woken.add(dueNanos);
      next++;
      return next == instants.length ? Long.MAX_VALUE : instants[next];
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, -7})
  void wake_manyInAnyOrder_isInOrderOfInstants(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    TokenTimer timer = new TokenTimer(time);
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long[] instants = random.longs(1 + random.nextInt(4), 0, 100_000).sorted().toArray();
      Arrays.stream(instants).forEach(all::add);
      timer.add(new Listed(instants), instants[0]);
    }
    time.runUntilIdle();
    all.sort(null);
    assertThat(woken).as("seed %d", seed).isEqualTo(all);
  }

  @Test
  void wake_afterARest_isOnTheDot() {
    TokenTimer timer = new TokenTimer(time);
    List<Long> at = new ArrayList<>();
    timer.add(
        new TokenTimer.Entry() {
          @Override
          long wake(long dueNanos) {
            at.add(time.nanoTime());
            return dueNanos < 1_000_000 ? dueNanos + LATEST_NANOS : Long.MAX_VALUE;
          }
        },
        LATEST_NANOS);
    time.runUntilIdle();
    assertThat(at).hasSize(20).first().isEqualTo(LATEST_NANOS);
    assertThat(at).last().isEqualTo(20 * LATEST_NANOS);
  }

  @Test
  void wake_dense_sharesTurns() {
    Counting counting = new Counting();
    TokenTimer timer = new TokenTimer(counting);
    IntStream.range(0, 1_000).forEach(i -> timer.add(new Listed(i * 1_000L), i * 1_000L));
    time.runUntilIdle();
    assertThat(woken).hasSize(1_000);
    assertThat(counting.ran).isLessThanOrEqualTo(21);
    assertThat(mostLateNanos).isPositive().isLessThanOrEqualTo(LATEST_NANOS);
  }

  @Test
  void add_earlierThanAllOthers_isWokenFirst() {
    TokenTimer timer = new TokenTimer(time);
    timer.add(new Listed(50), 50);
    timer.add(new Listed(20), 20);
    timer.add(new Listed(90), 90);
    time.runUntil(40);
    assertThat(woken).containsExactly(20L);
    timer.add(new Listed(45), 45);
    time.runUntilIdle();
    assertThat(woken).containsExactly(20L, 45L, 50L, 90L);
  }

  @Test
  void add_whileOneIsWoken_isWokenInItsTurn() {
    TokenTimer timer = new TokenTimer(time);
    timer.add(
        new TokenTimer.Entry() {
          @Override
          long wake(long dueNanos) {
            timer.add(new Listed(30), 30);
            timer.add(new Listed(10), 10);
            timer.add(new Listed(20), 20);
            return Long.MAX_VALUE;
          }
        },
        10);
    timer.add(new Listed(25), 25);
    time.runUntilIdle();
    assertThat(woken).containsExactly(10L, 20L, 25L, 30L);
  }

  @Test
  void add_anInstantThatHasPassed_isWokenAtOnceWithThatInstant() {
    time.runUntil(100);
    List<Long> told = new ArrayList<>();
    new TokenTimer(time)
        .add(
            new TokenTimer.Entry() {
              @Override
              long wake(long dueNanos) {
                told.add(dueNanos);
                return dueNanos < 90 ? dueNanos + 30 : Long.MAX_VALUE;
              }
            },
            10);
    time.runUntil(100);
    assertThat(told).containsExactly(10L, 40L, 70L, 100L);
  }

  /** A cancelled timer must not stay behind either: it would hold its place in the loop's queue. */
  @Test
  void timers_areOneAtATime() {
    Counting counting = new Counting();
    TokenTimer timer = new TokenTimer(counting);
    RandomGenerator random = new Seed(1).stream();
    for (int i = 0; i < 500; i++) {
      long first = random.nextLong(1_000);
      timer.add(new Listed(first, first + 500), first);
      assertThat(counting.armed).isEqualTo(1);
    }
    while (time.runNext()) {
      assertThat(counting.armed).isLessThanOrEqualTo(1);
    }
    assertThat(counting.armed).isZero();
    assertThat(woken).hasSize(1_000);
  }

  private final class Counting implements Scheduler {
    int armed;
    int ran;

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public Timer at(long nanos, Runnable task) {
      armed++;
      Timer timer =
          time.at(
              nanos,
              () -> {
                armed--;
                ran++;
                task.run();
              });
      return () -> {
        armed--;
        timer.cancel();
      };
    }
  }

  @Test
  void wake_thousandsAtOneInstant_letsOthersHaveATurn() {
    TokenTimer timer = new TokenTimer(time);
    IntStream.range(0, 5_000).forEach(i -> timer.add(new Listed(10), 10));
    List<Integer> seen = new ArrayList<>();
    // Behind the timer, and ahead of what it leaves for its next turn.
    time.at(10, () -> seen.add(woken.size()));
    time.runUntilIdle();
    assertThat(seen.getFirst()).isBetween(1, 4_999);
    assertThat(woken).hasSize(5_000);
  }

  @Test
  void ended_isNotKeptAlive() {
    TokenTimer timer = new TokenTimer(time);
    List<WeakReference<TokenTimer.Entry>> ended =
        IntStream.range(0, 10)
            .mapToObj(
                i -> {
                  TokenTimer.Entry entry = new Listed(i);
                  timer.add(entry, i);
                  return new WeakReference<>(entry);
                })
            .toList();
    time.runUntilIdle();
    await()
        .until(
            () -> {
              System.gc();
              return ended.stream().allMatch(reference -> reference.refersTo(null));
            });
    timer.add(new Listed(10), 10);
    time.runUntilIdle();
    assertThat(woken).hasSize(11);
  }
}
