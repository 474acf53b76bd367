package dev.candor.mock.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.VirtualTime;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.FaultRule.Window;
import dev.candor.scenario.MockFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultTimetableTest {
  private static final long SECOND = 1_000_000_000;
  private static final long HOUR = 3600 * SECOND;

  /** As far from 0 as a monotonic clock may begin. */
  private static final long START = -77 * SECOND;

  private static final MockFault.OfAnswer FAULT = new MockFault.NoAnswer();
  private static final Seed SEED = new Seed(42);

  private static FaultTimetable timetable(FaultRule... rules) {
    return new FaultTimetable(List.of(rules), SEED, START);
  }

  private static Match match(double share, int nth, int first) {
    return new Match(share, null, null, Map.of(), nth, first);
  }

  private static Window window(long from, long lasts) {
    return new Window(from * SECOND, lasts * SECOND, null);
  }

  private static Window repeated(long from, long lasts, Distribution every) {
    return new Window(from * SECOND, lasts * SECOND, every);
  }

  private static RequestFacts request(long number) {
    return new RequestFacts(number, "m", "/v1/chat/completions", name -> null);
  }

  private static boolean struck(FaultTimetable timetable, RequestFacts facts) {
    return !timetable.strike(facts, START).isEmpty();
  }

  /** The numbers of those of {@code count} requests, sent in order, that are struck. */
  private static List<Long> victims(FaultTimetable timetable, int count) {
    return LongStream.range(0, count)
        .filter(number -> struck(timetable, request(number)))
        .boxed()
        .toList();
  }

  @Test
  void strike_withoutRules_findsNothing() {
    assertThat(timetable().strike(request(0), START)).isEmpty();
  }

  @Test
  void strike_severalRules_keepsTheirOrder() {
    FaultTimetable timetable =
        timetable(
            FaultRule.always(new MockFault.Stall(5, 0)),
            FaultRule.always(new MockFault.Spike(2)),
            FaultRule.always(FAULT));
    assertThat(timetable.strike(request(0), START))
        .containsExactly(new MockFault.Stall(5, 0), FAULT);
  }

  @Test
  void strike_modelPathAndHeaders_mustAllFit() {
    FaultTimetable timetable =
        timetable(
            FaultRule.always(FAULT)
                .matching(new Match(1, "m", "/v1/messages", Map.of("x-a", "1", "x-b", "2"), 1, 0)));
    Function<String, @Nullable String> headers = Map.of("x-a", "1", "x-b", "2", "x-c", "3")::get;
    assertThat(struck(timetable, new RequestFacts(0, "m", "/v1/messages", headers))).isTrue();
    assertThat(struck(timetable, new RequestFacts(0, "other", "/v1/messages", headers))).isFalse();
    assertThat(struck(timetable, new RequestFacts(0, "m", "/v1/responses", headers))).isFalse();
    assertThat(struck(timetable, new RequestFacts(0, "m", "/v1/messages", Map.of("x-a", "1")::get)))
        .isFalse();
    assertThat(
            struck(
                timetable,
                new RequestFacts(0, "m", "/v1/messages", Map.of("x-a", "2", "x-b", "2")::get)))
        .isFalse();
  }

  @Test
  void strike_nth_countsInOrderOfArrival() {
    FaultTimetable timetable = timetable(FaultRule.always(FAULT).matching(match(1, 3, 0)));
    assertThat(victims(timetable, 9)).containsExactly(2L, 5L, 8L);
  }

  @Test
  void strike_first_endsAfterSoMany() {
    assertThat(victims(timetable(FaultRule.always(FAULT).matching(Match.first(2))), 9))
        .containsExactly(0L, 1L);
    assertThat(victims(timetable(FaultRule.always(FAULT).matching(match(1, 3, 2))), 20))
        .containsExactly(2L, 5L);
  }

  @Test
  void strike_requestsThatDoNotMatch_areNotCounted() {
    FaultTimetable timetable =
        timetable(
            FaultRule.always(FAULT)
                .matching(new Match(1, "m", null, Map.of(), 2, 0))
                .within(window(10, 10)));
    RequestFacts other = new RequestFacts(0, "other", "/", name -> null);
    long open = START + 10 * SECOND;
    assertThat(timetable.strike(request(0), START)).isEmpty();
    assertThat(timetable.strike(request(1), open)).isEmpty();
    assertThat(timetable.strike(other, open)).isEmpty();
    assertThat(timetable.strike(request(2), open)).containsExactly(FAULT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.5, 1})
  void strike_share_isTheFrequency(double share) {
    int requests = 20_000;
    FaultTimetable timetable = timetable(FaultRule.always(FAULT).matching(match(share, 1, 0)));
    double deviation = Math.sqrt(share * (1 - share) / requests);
    assertThat(victims(timetable, requests).size() / (double) requests)
        .as("seed %s", SEED)
        .isCloseTo(share, within(4 * deviation));
  }

  @Test
  void strike_share_isDrawnByNumberWhateverTheOrder() {
    FaultRule rule = FaultRule.always(FAULT).matching(match(0.3, 1, 0));
    List<Long> inOrder = victims(timetable(rule), 1000);
    FaultTimetable reversed = timetable(rule);
    List<Long> backwards = new ArrayList<>();
    for (long number = 999; number >= 0; number--) {
      if (struck(reversed, request(number))) {
        backwards.add(number);
      }
    }
    Collections.reverse(backwards);
    assertThat(backwards).isEqualTo(inOrder).isNotEmpty();
  }

  @Test
  void strike_sharesOfTwoRules_areIndependent() {
    FaultRule rule = FaultRule.always(FAULT).matching(match(0.5, 1, 0));
    FaultTimetable timetable = timetable(rule, rule);
    int requests = 10_000;
    long both =
        LongStream.range(0, requests)
            .filter(number -> timetable.strike(request(number), START).size() == 2)
            .count();
    assertThat(both / (double) requests).as("seed %s", SEED).isCloseTo(0.25, within(0.02));
  }

  @Test
  void strike_fromManyThreads_missesAndDoublesNoTurn() throws Exception {
    FaultTimetable timetable = timetable(FaultRule.always(FAULT).matching(match(1, 3, 5000)));
    int threads = 4;
    int each = 6000;
    Callable<Long> loop =
        () -> LongStream.range(0, each).filter(n -> struck(timetable, request(n))).count();
    long struck = 0;
    try (ExecutorService loops = Executors.newFixedThreadPool(threads)) {
      for (Future<Long> count : loops.invokeAll(Collections.nCopies(threads, loop))) {
        struck += count.get();
      }
    }
    assertThat(struck).isEqualTo(5000);
  }

  @Test
  void window_once_opensAndCloses() {
    FaultTimetable timetable =
        timetable(FaultRule.always(new MockFault.Refused()).within(window(10, 20)));
    assertThat(timetable.refusing(START - 1)).isFalse();
    assertThat(timetable.refusing(START + 10 * SECOND - 1)).isFalse();
    assertThat(timetable.refusing(START + 10 * SECOND)).isTrue();
    assertThat(timetable.refusing(START + 30 * SECOND - 1)).isTrue();
    assertThat(timetable.refusing(START + 30 * SECOND)).isFalse();
    assertThat(timetable.nextChange(START)).isEqualTo(START + 10 * SECOND);
    assertThat(timetable.nextChange(START + 10 * SECOND)).isEqualTo(START + 30 * SECOND);
    assertThat(timetable.nextChange(START + 30 * SECOND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nextChange_answerFaultsAndEndlessOnes_neverChange() {
    assertThat(timetable().nextChange(START)).isEqualTo(Long.MAX_VALUE);
    assertThat(
            timetable(
                    FaultRule.always(FAULT).within(window(1, 1)),
                    FaultRule.always(new MockFault.Spike(2)))
                .nextChange(START))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void crashed_strikesOneReplica() {
    FaultTimetable timetable =
        timetable(FaultRule.always(new MockFault.Crash(1)).within(window(0, 5)));
    assertThat(timetable.crashed(1, START)).isTrue();
    assertThat(timetable.crashed(0, START)).isFalse();
    assertThat(timetable.crashed(1, START + 5 * SECOND)).isFalse();
    assertThat(timetable.slowdown(1, START)).isEqualTo(1);
    assertThat(timetable.refusing(START)).isFalse();
  }

  @Test
  void slowdown_isTheProductOfAllThatAreOn() {
    FaultTimetable timetable =
        timetable(
            FaultRule.always(new MockFault.BrownOut(1, 3)),
            FaultRule.always(new MockFault.BrownOut(1, 2)).within(window(0, 1)),
            FaultRule.always(new MockFault.Spike(5)).within(window(0, 10)));
    assertThat(timetable.slowdown(0, START)).isEqualTo(5);
    assertThat(timetable.slowdown(1, START)).isEqualTo(30);
    assertThat(timetable.slowdown(1, START + SECOND)).isEqualTo(15);
    assertThat(timetable.slowdown(1, START + 10 * SECOND)).isEqualTo(3);
  }

  @Test
  void leak_growsFromItsOpeningAndChangesEachSecond() {
    FaultTimetable timetable =
        timetable(FaultRule.always(new MockFault.Leak(0.1)).within(window(1800, 7200)));
    long opens = START + HOUR / 2;
    assertThat(timetable.slowdown(0, opens - 1)).isEqualTo(1);
    assertThat(timetable.slowdown(0, opens)).isEqualTo(1);
    assertThat(timetable.slowdown(0, opens + HOUR)).isCloseTo(1.1, within(1e-9));
    assertThat(timetable.slowdown(0, opens + 2 * HOUR - 1)).isCloseTo(1.2, within(1e-9));
    assertThat(timetable.slowdown(0, opens + 2 * HOUR)).isEqualTo(1);
    assertThat(timetable.nextChange(START)).isEqualTo(opens);
    assertThat(timetable.nextChange(opens)).isEqualTo(opens + SECOND);
    assertThat(timetable.nextChange(opens + SECOND - 1)).isEqualTo(opens + SECOND);
    assertThat(timetable.nextChange(opens + 2 * HOUR - 1)).isEqualTo(opens + 2 * HOUR);
  }

  @Test
  void leak_thatOpensAgain_startsAnew() {
    FaultTimetable timetable =
        timetable(
            FaultRule.always(new MockFault.Leak(1))
                .within(repeated(0, 3600, new Distribution.Constant(2.0 * HOUR))));
    assertThat(timetable.slowdown(0, START + HOUR / 2)).isCloseTo(1.5, within(1e-9));
    assertThat(timetable.slowdown(0, START + HOUR)).isEqualTo(1);
    assertThat(timetable.slowdown(0, START + 2 * HOUR)).isEqualTo(1);
    assertThat(timetable.slowdown(0, START + 2 * HOUR + HOUR / 4)).isCloseTo(1.25, within(1e-9));
  }

  /** Every opening and closing in the first {@code hours}, as a server that waits for them sees. */
  private static List<Long> changes(FaultTimetable timetable, int hours) {
    List<Long> changes = new ArrayList<>();
    VirtualTime time = new VirtualTime(START, Instant.EPOCH);
    Runnable watch =
        new Runnable() {
          private boolean open = timetable.refusing(START);

          @Override
          public void run() {
            boolean now = timetable.refusing(time.nanoTime());
            if (now != open) {
              changes.add(time.nanoTime() - START);
              open = now;
            }
            long next = timetable.nextChange(time.nanoTime());
            if (next < START + hours * HOUR) {
              time.at(next, this);
            }
          }
        };
    time.at(START, watch);
    time.runUntilIdle();
    return changes;
  }

  private static FaultRule refused(long lasts, Distribution every) {
    return FaultRule.always(new MockFault.Refused()).within(repeated(10, lasts, every));
  }

  @Test
  void every_constant_opensOnTheDot() {
    List<Long> changes =
        changes(timetable(refused(20, new Distribution.Constant(60.0 * SECOND))), 1);
    assertThat(changes).hasSize(120);
    for (int i = 0; i < changes.size(); i += 2) {
      assertThat(changes.get(i)).isEqualTo((10 + 30L * i) * SECOND);
      assertThat(changes.get(i + 1)).isEqualTo((30 + 30L * i) * SECOND);
    }
  }

  @Test
  void every_shorterThanTheWindow_isOneWindow() {
    FaultTimetable timetable = timetable(refused(20, new Distribution.Constant(SECOND)));
    assertThat(changes(timetable, 1)).containsExactly(10 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, -7})
  void every_drawn_hasItsLengthAndItsMean(long seed) {
    int hours = 200;
    FaultTimetable timetable =
        new FaultTimetable(
            List.of(refused(1, new Distribution.Exponential(60.0 * SECOND))),
            new Seed(seed),
            START);
    List<Long> changes = changes(timetable, hours);
    for (int i = 0; i + 1 < changes.size(); i += 2) {
      // Two windows that touch are seen as one.
      assertThat((changes.get(i + 1) - changes.get(i)) % SECOND).as("seed %d", seed).isZero();
    }
    assertThat(changes.size() / 2.0 / hours).as("seed %d", seed).isCloseTo(59, within(3.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, -7})
  void every_drawn_isTheSameWheneverItIsAsked(long seed) {
    List<FaultRule> rules = List.of(refused(20, new Distribution.Exponential(60.0 * SECOND)));
    FaultTimetable asked = new FaultTimetable(rules, new Seed(seed), START);
    RandomGenerator random = new Seed(seed).derive("instants").stream();
    for (int i = 0; i < 200; i++) {
      long nanos = START + random.nextLong(10 * HOUR);
      FaultTimetable fresh = new FaultTimetable(rules, new Seed(seed), START);
      assertThat(asked.refusing(nanos))
          .as("seed %d, %d", seed, nanos)
          .isEqualTo(fresh.refusing(nanos));
      assertThat(asked.nextChange(nanos)).as("seed %d", seed).isEqualTo(fresh.nextChange(nanos));
    }
  }

  @Test
  void every_drawn_isTheSeedsAndTheRulesOwn() {
    FaultRule drawn = refused(20, new Distribution.Exponential(60.0 * SECOND));
    FaultRule other = FaultRule.always(FAULT).matching(match(0.5, 1, 0));
    List<Long> changes = changes(timetable(other, drawn), 5);
    assertThat(changes(timetable(FaultRule.always(FAULT), drawn), 5)).isEqualTo(changes);
    assertThat(changes(timetable(drawn, drawn), 5)).isNotEqualTo(changes);
    assertThat(changes(new FaultTimetable(List.of(other, drawn), new Seed(43), START), 5))
        .isNotEqualTo(changes);
  }

  @Test
  void every_askedFromManyThreads_isTheSame() throws Exception {
    FaultTimetable shared = timetable(refused(2, new Distribution.Exponential(5.0 * SECOND)));
    FaultTimetable alone = timetable(refused(2, new Distribution.Exponential(5.0 * SECOND)));
    long[] expected =
        LongStream.range(0, 5_000).map(n -> alone.nextChange(START + n * SECOND)).toArray();
    Callable<long[]> loop =
        () -> LongStream.range(0, 5_000).map(n -> shared.nextChange(START + n * SECOND)).toArray();
    try (ExecutorService loops = Executors.newFixedThreadPool(4)) {
      for (Future<long[]> found : loops.invokeAll(Collections.nCopies(4, loop))) {
        assertThat(found.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void window_aCenturyAway_doesNotOverflow() {
    long century = Long.MAX_VALUE / 2;
    FaultTimetable timetable =
        new FaultTimetable(
            List.of(
                FaultRule.always(new MockFault.Refused())
                    .within(
                        new Window(century, century, new Distribution.Constant(2.0 * century)))),
            SEED,
            0);
    assertThat(timetable.refusing(HOUR)).isFalse();
    assertThat(timetable.nextChange(HOUR)).isEqualTo(century);
    assertThat(timetable.refusing(century)).isTrue();
  }
}
