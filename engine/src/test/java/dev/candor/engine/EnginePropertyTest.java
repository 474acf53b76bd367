package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every engine, whatever its settings and whatever is done to it. */
final class EnginePropertyTest {
  private static final int ACTIONS = 150;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void invariants_hold(long seed) {
    new Trial(seed).run();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sameSeed_givesTheSameEvents(long seed) {
    Trial first = new Trial(seed);
    Trial second = new Trial(seed);
    first.run();
    second.run();
    assertThat(first.log.lines).isEqualTo(second.log.lines);
  }

  /** An engine with random settings, and random things done to it. */
  private static final class Trial {
    final EventLog log = new EventLog();
    private final RandomGenerator random;
    private final EngineSettings settings;
    private final Engine engine;
    private final Map<Long, EngineRequest> accepted = new HashMap<>();
    private final Map<Long, Long> arrivalNanos = new HashMap<>();
    private final Set<Long> cancelled = new HashSet<>();
    private long now;
    private long nextId;

    Trial(long seed) {
      random = new Seed(seed).derive("trial").stream();
      settings = settings(random);
      engine = new Engine(settings, new Seed(seed), log);
    }

    private static EngineSettings settings(RandomGenerator random) {
      boolean chunked = random.nextBoolean();
      int maxModelLen = random.nextInt(20, 80);
      StepTime stepTime =
          new StepTime(
              random.nextInt(2000),
              random.nextInt(1000),
              random.nextInt(50),
              random.nextInt(5),
              random.nextInt(50),
              random.nextDouble(),
              random.nextInt(3) * 0.2,
              random.nextInt(3) * 1000L,
              random.nextInt(3) * 500L);
      SchedulerLimits limits =
          new SchedulerLimits(
              random.nextInt(1, 9),
              chunked ? random.nextInt(1, 64) : random.nextInt(maxModelLen, 100),
              maxModelLen,
              chunked,
              random.nextBoolean() ? 0 : random.nextInt(1, 20),
              random.nextBoolean() ? 0 : random.nextInt(1, 10));
      return new EngineSettings(
          stepTime,
          limits,
          new KvCacheSettings(random.nextInt(1, 9), random.nextInt(4, 40), random.nextInt(4) > 0));
    }

    void run() {
      for (int i = 0; i < ACTIONS; i++) {
        now += random.nextInt(2000);
        act();
        check();
      }
      engine.restart(now);
      while (engine.nextNanos() != Long.MAX_VALUE) {
        engine.advance(engine.nextNanos());
        check();
      }
      checkRequests();
      EngineState state = engine.state();
      assertThat(state.running() + state.waiting() + state.arriving()).isZero();
      assertThat(state.usedBlocks()).isZero();
    }

    private void act() {
      switch (random.nextInt(20)) {
        case 0 -> {
          long id = random.nextLong(nextId + 1);
          if (engine.cancel(now, id)) {
            cancelled.add(id);
          }
        }
        case 1 -> engine.resetPrefixCache(now);
        case 2 -> engine.slowdown(random.nextDouble(0.5, 3));
        case 3 -> {
          if (random.nextInt(4) == 0) {
            engine.crash(now);
          }
        }
        case 4 -> engine.restart(now);
        case 5, 6, 7, 8 -> engine.advance(now);
        default -> submit();
      }
    }

    private void submit() {
      EngineRequest request =
          Requests.sharing(
              nextId++,
              random.nextInt(1, 50),
              random.nextInt(1, 25),
              settings.kvCache().blockSize(),
              random.nextInt(3),
              random.nextInt(60));
      arrivalNanos.put(request.id(), now);
      if (engine.submit(now, request) == Admission.ACCEPTED) {
        accepted.put(request.id(), request);
      }
    }

    private void check() {
      EngineState state = engine.state();
      assertThat(state.submitted())
          .isEqualTo(
              state.completed()
                  + state.running()
                  + state.waiting()
                  + state.arriving()
                  + state.rejected()
                  + state.cancelled()
                  + state.failed());
      assertThat(state.running()).isLessThanOrEqualTo(settings.limits().maxNumSeqs());
      assertThat(state.lastStep().tokens())
          .isLessThanOrEqualTo(settings.limits().maxNumBatchedTokens());
      if (state.running() + state.waiting() > 0) {
        assertThat(running())
            .as("work waits, and a step is under way")
            .anyMatch(sequence -> sequence.chunk > 0);
      }
      checkBlocks(state);
    }

    private void checkBlocks(EngineState state) {
      BlockPool pool = engine.cache().pool();
      Map<Integer, Integer> holders = new HashMap<>();
      int used = 0;
      for (Sequence sequence : running()) {
        for (int i = 0; i < sequence.entryCount; i++) {
          holders.merge(sequence.entries[i], 1, Integer::sum);
        }
        used += sequence.blockCount - sequence.entryCount;
        assertThat(sequence.blockCount)
            .isEqualTo(settings.kvCache().blocksFor(sequence.computed + sequence.chunk));
      }
      used += holders.size();
      holders.forEach((entry, count) -> assertThat(pool.references(entry)).isEqualTo(count));
      assertThat(state.usedBlocks()).isEqualTo(used);
      assertThat(pool.freeOrder()).hasSize(pool.total() - used);
      assertThat(pool.freeOrder().stream().filter(Objects::nonNull)).hasSize(state.cachedBlocks());
    }

    private List<Sequence> running() {
      List<Sequence> all = new ArrayList<>();
      Sequence next = engine.batcher().running.first();
      for (; next != null; next = next.next) {
        all.add(next);
      }
      return all;
    }

    private void checkRequests() {
      for (EngineRequest request : accepted.values()) {
        long id = request.id();
        List<Long> tokens = log.tokensOf(id);
        assertThat(tokens).isSorted();
        long before = arrivalNanos.getOrDefault(id, 0L);
        Long scheduled = log.scheduledNanos.get(id);
        if (scheduled != null) {
          assertThat(scheduled).isGreaterThanOrEqualTo(before);
        }
        if (!tokens.isEmpty()) {
          assertThat(tokens.getFirst()).isGreaterThan(log.scheduledNanos.get(id));
        }
        boolean ended = cancelled.contains(id) || log.failed.contains(id);
        assertThat(log.finishedNanos.containsKey(id)).isNotEqualTo(ended);
        if (!ended) {
          assertThat(tokens).hasSize(request.outputTokens());
          assertThat(log.finishedNanos).containsEntry(id, tokens.getLast());
        }
      }
    }
  }
}
