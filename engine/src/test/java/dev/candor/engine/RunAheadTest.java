package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An engine that runs ahead against one that goes step by step: the same settings, seed and things
 * done to them.
 */
final class RunAheadTest {
  private static final int ACTIONS = 120;

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void runAhead_givesTheSameEventsAndState(long seed) {
    new Trial(seed).run();
  }

  /** Few requests with long answers, so that most tokens are told late, and in few calls. */
  @Test
  void runAhead_tellsTokensTogether() {
    EngineSettings settings =
        Requests.tiny(4096)
            .withLimits(Requests.tiny().limits().withMaxModelLen(4000))
            .withStepTime(Requests.steps(1000, 0.1, 0, 10));
    Events events = new Events();
    Engine engine = new Engine(settings, new Seed(7), Telling.TOGETHER, events);
    for (int i = 0; i < 4; i++) {
      engine.submit(0, Requests.alone(i, 10, 3000 + i));
    }
    Requests.drain(engine);
    // The first one, the others in one call, the end; 4,096 steps are remembered.
    assertThat(events.calls).isEqualTo(4 * 3 + 4);
    assertThat(events.of(3)).hasSize(1 + 3003 + 1);
  }

  @Test
  void tellSoFar_tellsWhatIsReadyAndNoMore() {
    EngineSettings settings = Requests.tiny().withStepTime(Requests.steps(1000, 0, 0, 0));
    Events events = new Events();
    Engine engine = new Engine(settings, new Seed(7), Telling.TOGETHER, events);
    engine.submit(0, Requests.alone(1, 10, 40));
    engine.advance(20_500);
    assertThat(events.of(1)).hasSize(2);
    engine.tellSoFar(20_500);
    assertThat(events.of(1)).hasSize(1 + 20).endsWith("token 19 at 20000");
    engine.cancel(22_500, 1);
    assertThat(events.of(1)).hasSize(1 + 22);
  }

  @Test
  void tellToken_isToldAtItsInstant() {
    EngineSettings settings = Requests.tiny().withStepTime(Requests.steps(1000, 0, 0, 0));
    Events events = new Events();
    Engine engine = new Engine(settings, new Seed(7), Telling.TOGETHER, events);
    engine.submit(
        0,
        new EngineRequest(1, 10, 40, new long[0], EngineRequest.NONE, 0, 0, /* tellToken= */ 12));
    engine.advance(1000);
    assertThat(engine.nextNanos()).isEqualTo(13_000);
    engine.advance(13_000);
    assertThat(events.of(1)).hasSize(1 + 13);
    assertThat(engine.nextNanos()).isEqualTo(40_000);
  }

  /** What decodes fills a block that a waiting request shares, which then needs one less. */
  @Test
  void waiting_joinsAsSoonAsEnoughOfItsPrefixIsFound() {
    for (Telling telling : Telling.values()) {
      EngineSettings settings = Requests.tiny(6).withStepTime(Requests.steps(1000, 0, 0, 0));
      Events events = new Events();
      Engine engine = new Engine(settings, new Seed(7), telling, events);
      engine.submit(0, Requests.sharing(1, 5, 10, 4, 3, 100));
      engine.submit(0, Requests.sharing(2, 23, 1, 4, 3, 100));
      engine.advance(3000);
      assertThat(events.of(2)).as(telling.name()).containsExactly("scheduled with 8 at 3000");
    }
  }

  private static final class Events implements EngineListener {
    private static final long NEVER = Long.MIN_VALUE;
    private final Map<Long, List<String>> lines = new HashMap<>();
    int calls;

    /** The instant at which all has to be told that must be told on time. */
    long dueNanos = NEVER;

    /** When such a token can be sent. */
    long readyNanos = NEVER;

    List<String> of(long id) {
      return lines.getOrDefault(id, List.of());
    }

    private void onTime(long nanos, long expected) {
      if (expected != NEVER) {
        assertThat(nanos).isEqualTo(expected);
      }
    }

    private void add(EngineRequest request, String what, long nanos) {
      lines.computeIfAbsent(request.id(), id -> new ArrayList<>()).add(what + " at " + nanos);
    }

    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {
      onTime(nanos, dueNanos);
      calls++;
      add(request, "scheduled with " + cachedTokens, nanos);
    }

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      if (index == 0 || index == request.tellToken()) {
        onTime(nanos, readyNanos);
      }
      calls++;
      add(request, "token " + index, nanos);
    }

    @Override
    public void tokens(EngineRequest request, int firstIndex, long[] nanos, int from, int count) {
      EngineListener.super.tokens(request, firstIndex, nanos, from, count);
      calls -= count - 1;
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      onTime(nanos, readyNanos);
      calls++;
      add(request, "finished", nanos);
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {
      onTime(nanos, dueNanos);
      calls++;
      add(request, "preempted", nanos);
    }

    @Override
    public void failed(EngineRequest request, long nanos) {
      calls++;
      add(request, "failed", nanos);
    }
  }

  /** Both engines, and random things done to them. */
  private static final class Trial {
    private final long seed;
    private final RandomGenerator random;
    private final EngineSettings settings;
    private final Events eventsByStep = new Events();
    private final Events eventsAhead = new Events();
    private final Engine byStep;
    private final Engine ahead;
    private final boolean tellsSome;
    private final boolean sharesAnswers;
    private final int pace;
    private final int longestAnswer;
    private long now;
    private long nextId;

    Trial(long seed) {
      this.seed = seed;
      random = new Seed(seed).derive("ahead").stream();
      tellsSome = random.nextBoolean();
      sharesAnswers = random.nextInt(4) == 0;
      pace = random.nextBoolean() ? 2_000 : 20_000;
      longestAnswer = random.nextBoolean() ? 25 : 200;
      settings = settings();
      byStep = new Engine(settings, new Seed(seed), Telling.EACH, eventsByStep);
      ahead = new Engine(settings, new Seed(seed), Telling.TOGETHER, eventsAhead);
    }

    private EngineSettings settings() {
      boolean chunked = random.nextBoolean();
      int maxModelLen = random.nextInt(20, 60) + longestAnswer;
      StepTime stepTime =
          new StepTime(
              random.nextInt(500),
              random.nextInt(400),
              random.nextInt(10),
              random.nextInt(3),
              random.nextInt(30),
              random.nextDouble() / 10,
              random.nextInt(3) * 0.2,
              random.nextInt(3) * 1000L,
              random.nextInt(3) * 500L);
      SchedulerLimits limits =
          new SchedulerLimits(
              random.nextInt(1, 20),
              chunked ? random.nextInt(1, 64) : random.nextInt(maxModelLen, 400),
              maxModelLen,
              chunked,
              random.nextBoolean() ? 0 : random.nextInt(1, 20),
              random.nextBoolean() ? 0 : random.nextInt(1, 10));
      int blocks = random.nextBoolean() ? random.nextInt(10, 60) : random.nextInt(60, 600);
      return new EngineSettings(
          stepTime,
          limits,
          new KvCacheSettings(random.nextInt(1, 9), blocks, random.nextInt(4) > 0));
    }

    void run() {
      for (int i = 0; i < ACTIONS; i++) {
        now += random.nextInt(pace);
        if (random.nextInt(3) == 0) {
          // As a driver does: from one instant that matters to the next.
          for (long due = ahead.nextNanos(); due <= now; due = ahead.nextNanos()) {
            eventsAhead.dueNanos = due;
            eventsAhead.readyNanos = due + settings.stepTime().tokenOverheadNanos();
            ahead.advance(due);
          }
          eventsAhead.dueNanos = Events.NEVER;
          eventsAhead.readyNanos = Events.NEVER;
        }
        act();
        if (random.nextInt(3) > 0) {
          check();
        }
      }
      both(engine -> engine.restart(now));
      Requests.drain(ahead);
      Requests.drain(byStep);
      // Time stands at the last thing that each did.
      both(engine -> engine.advance(Long.MAX_VALUE));
      check();
    }

    private void both(Consumer<Engine> action) {
      action.accept(byStep);
      action.accept(ahead);
    }

    private void act() {
      switch (random.nextInt(24)) {
        case 0, 1 -> {
          long id = random.nextLong(nextId + 1);
          assertThat(ahead.cancel(now, id)).as(name()).isEqualTo(byStep.cancel(now, id));
        }
        case 2 ->
            assertThat(ahead.resetPrefixCache(now))
                .as(name())
                .isEqualTo(byStep.resetPrefixCache(now));
        case 3 -> {
          double factor = random.nextDouble(0.5, 3);
          both(engine -> engine.advance(now));
          both(engine -> engine.slowdown(factor));
        }
        case 4 -> {
          if (random.nextInt(5) == 0) {
            both(engine -> engine.crash(now));
          }
        }
        case 5 -> both(engine -> engine.restart(now));
        case 6 -> ahead.tellSoFar(now);
        case 7, 8, 9, 10 -> both(engine -> engine.advance(now));
        default -> {
          EngineRequest request = request();
          both(engine -> engine.advance(now));
          assertThat(ahead.cachedTokens(request))
              .as(name())
              .isEqualTo(byStep.cachedTokens(request));
          assertThat(ahead.submit(now, request)).as(name()).isEqualTo(byStep.submit(now, request));
        }
      }
    }

    private EngineRequest request() {
      int promptTokens = random.nextInt(1, 50);
      int outputTokens = random.nextInt(1, longestAnswer);
      int family = random.nextInt(3);
      EngineRequest shared =
          Requests.sharing(
              nextId++,
              promptTokens,
              outputTokens,
              settings.kvCache().blockSize(),
              family,
              sharesAnswers ? 400 : random.nextInt(60));
      long[] hashes = shared.blockHashes();
      if (random.nextInt(3) == 0) {
        hashes = Arrays.copyOf(hashes, random.nextInt(hashes.length + 1));
      }
      return new EngineRequest(
          shared.id(),
          promptTokens,
          outputTokens,
          hashes,
          EngineRequest.NONE,
          0,
          random.nextInt(3) == 0 ? random.nextInt(promptTokens) : 0,
          tellsSome ? random.nextInt(outputTokens) : EngineRequest.NONE);
    }

    private void check() {
      both(engine -> engine.advance(now));
      assertThat(ahead.state()).as(name()).isEqualTo(byStep.state());
      assertThat(ahead.load()).as(name()).isEqualTo(byStep.load());
      assertThat(ahead.cache().pool().freeOrder())
          .as(name())
          .isEqualTo(byStep.cache().pool().freeOrder());
      ahead.tellSoFar(now);
      for (long id = 0; id < nextId; id++) {
        assertThat(eventsAhead.of(id))
            .as("%s, request %d", name(), id)
            .isEqualTo(eventsByStep.of(id));
      }
    }

    private String name() {
      return "seed %d at %d: %s".formatted(seed, now, settings);
    }
  }
}
