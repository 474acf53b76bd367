package dev.candor.mock.times;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.VirtualTime;
import dev.candor.engine.Admission;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.Profiles;
import dev.candor.engine.Routing;
import dev.candor.scenario.MockSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sources of instants, in virtual time. */
final class TokenTimesTest {
  private static final long MILLI = 1_000_000;

  private final VirtualTime time = new VirtualTime();

  /** Each gives the first token after 1 ms, and the others 1 ms apart. */
  enum Source {
    DRAWN,
    ENGINE
  }

  private TokenTimes start(Source source) {
    return switch (source) {
      case DRAWN -> drawn(new Distribution.Constant(MILLI));
      case ENGINE -> engine(1);
    };
  }

  private DrawnTimes drawn(Distribution itl) {
    return new DrawnTimes(
        new MockSettings.Times.Drawn(new Distribution.Constant(MILLI), itl), new Seed(1), time);
  }

  private EngineTimes engine(int replicas) {
    return new EngineTimes(
        ((EngineProfile) Profiles.named("tiny")).settings(),
        replicas,
        Routing.ROUND_ROBIN,
        new Seed(1),
        time);
  }

  private static TokenTimes.Prompted prompted(int promptTokens, int outputTokens) {
    return new TokenTimes.Prompted(promptTokens, outputTokens, new long[0]);
  }

  @ParameterizedTest
  @EnumSource
  void tokens_comeAtTheirInstants(Source source) {
    TokenTimes times = start(source);
    EventLog log = new EventLog();
    time.runUntil(5);
    assertThat(times.begin(log, 0, prompted(8, 3), 5).admission()).isEqualTo(Admission.ACCEPTED);
    time.runUntilIdle();
    assertThat(log.lines)
        .containsExactly(
            "5 scheduled, 0 cached, on 0", "1000005 token", "2000005 token", "3000005 token");
    assertThat(time.nanoTime()).isEqualTo(5 + 3 * MILLI);
  }

  @ParameterizedTest
  @EnumSource
  void cancel_betweenTokens_isTheEnd(Source source) {
    TokenTimes times = start(source);
    EventLog log = new EventLog();
    TokenTimes.Handle handle = times.begin(log, 0, prompted(8, 50), 0);
    EventLog other = new EventLog();
    times.begin(other, 1, prompted(8, 5), 0);
    time.runUntil(2 * MILLI + 1);
    handle.cancel();
    handle.cancel();
    time.runUntilIdle();
    assertThat(log.lines).hasSize(3).last().isEqualTo("2000000 token");
    assertThat(other.lines).filteredOn(line -> line.endsWith("token")).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void cancel_byTheListenerItself_isTheEnd(Source source) {
    TokenTimes times = start(source);
    AtomicReference<TokenTimes.Handle> handle = new AtomicReference<>();
    EventLog log = new EventLog().onToken(() -> handle.get().cancel());
    handle.set(times.begin(log, 0, prompted(8, 50), 0));
    time.runUntilIdle();
    assertThat(log.lines).containsExactly("0 scheduled, 0 cached, on 0", "1000000 token");
  }

  @ParameterizedTest
  @EnumSource
  void begin_byAListener_isServedToo(Source source) {
    TokenTimes times = start(source);
    EventLog second = new EventLog();
    EventLog first =
        new EventLog().onToken(() -> times.begin(second, 1, prompted(8, 1), time.nanoTime()));
    times.begin(first, 0, prompted(8, 1), 0);
    time.runUntilIdle();
    assertThat(second.lines).containsExactly("1000000 scheduled, 0 cached, on 0", "2000000 token");
  }

  @Test
  void drawn_anAnswersTimes_areItsNumbersWhateverElseIsServed() {
    Distribution varied = new Distribution.Exponential(MILLI);
    EventLog alone = new EventLog();
    drawn(varied).begin(alone, 7, prompted(1, 20), 0);
    time.runUntilIdle();
    long start = time.nanoTime();
    DrawnTimes busy = drawn(varied);
    for (long number = 0; number < 5; number++) {
      busy.begin(new EventLog(), number, prompted(1, 30), start);
    }
    EventLog among = new EventLog();
    busy.begin(among, 7, prompted(1, 20), start);
    time.runUntilIdle();
    assertThat(instants(among).map(nanos -> nanos - start))
        .containsExactlyElementsOf(instants(alone).toList())
        .hasSize(21);
  }

  private static Stream<Long> instants(EventLog log) {
    return log.lines.stream().map(line -> Long.valueOf(line.split(" ")[0]));
  }

  @Test
  void drawn_slowdown_stretchesWhatIsDrawnFromThenOn() {
    DrawnTimes times = drawn(new Distribution.Constant(MILLI));
    EventLog log = new EventLog();
    times.begin(log, 0, prompted(1, 4), 0);
    time.runUntil(2 * MILLI);
    times.slowdown(3);
    time.runUntilIdle();
    assertThat(instants(log).skip(1)).containsExactly(1 * MILLI, 2 * MILLI, 3 * MILLI, 6 * MILLI);
  }

  @Test
  void drawn_down_crashesAllAndRefuses_upAgainServes() {
    DrawnTimes times = drawn(new Distribution.Constant(MILLI));
    EventLog first = new EventLog();
    EventLog second = new EventLog();
    times.begin(first, 0, prompted(3, 9), 0);
    times.begin(second, 1, prompted(4, 9), 0);
    assertThat(times.running()).isEqualTo(2);
    time.runUntil(2 * MILLI);
    times.up(false);
    assertThat(times.running()).isZero();
    assertThat(first.lines).hasSize(4).last().isEqualTo("2000000 crashed");
    assertThat(second.lines).hasSize(4).last().isEqualTo("2000000 crashed");
    EventLog refused = new EventLog();
    assertThat(times.begin(refused, 2, prompted(5, 9), time.nanoTime()).admission())
        .isEqualTo(Admission.DOWN);
    times.up(true);
    EventLog third = new EventLog();
    times.begin(third, 3, prompted(6, 1), time.nanoTime());
    time.runUntilIdle();
    assertThat(refused.lines).isEmpty();
    assertThat(first.lines).hasSize(4);
    assertThat(third.lines).hasSize(2);
    assertThat(times.running()).isZero();
    assertThat(times.promptTokens()).isEqualTo(3 + 4 + 6);
    assertThat(times.generationTokens()).isEqualTo(2 + 2 + 1);
  }

  @Test
  void engine_tooLongOrFull_isRefusedAndForgotten() {
    EngineTimes times = engine(1);
    assertThat(times.room(100)).isEqualTo(28);
    EventLog log = new EventLog();
    TokenTimes.Handle handle = times.begin(log, 0, prompted(100, 29), 0);
    assertThat(handle.admission()).isEqualTo(Admission.TOO_LONG);
    handle.cancel();
    time.runUntilIdle();
    assertThat(log.lines).isEmpty();
  }

  @Test
  void engine_crash_tellsOnlyThoseOfThatReplica() {
    EngineTimes times = engine(2);
    EventLog first = new EventLog();
    EventLog second = new EventLog();
    times.begin(first, 0, prompted(8, 6), 0);
    times.begin(second, 1, prompted(8, 6), 0);
    time.runUntil(3 * MILLI);
    times.fleet().replica(0).crash(time.nanoTime());
    times.settle();
    time.runUntilIdle();
    assertThat(first.lines)
        .containsExactly(
            "0 scheduled, 0 cached, on 0",
            "1000000 token",
            "2000000 token",
            "3000000 token",
            "3000000 crashed");
    assertThat(second.lines).hasSize(7).startsWith("0 scheduled, 0 cached, on 1");
    assertThat(second.lines).endsWith("6000000 token");
  }

  /** Sixty-four blocks of four tokens: four answers of 100 tokens do not fit. */
  @Test
  void engine_preempted_isToldAndEveryTokenComesOnce() {
    EngineTimes times = engine(1);
    List<EventLog> logs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      logs.add(new EventLog());
      times.begin(logs.get(i), i, prompted(8, 100), 0);
    }
    time.runUntilIdle();
    assertThat(logs)
        .allSatisfy(
            log -> assertThat(log.lines).filteredOn(line -> line.endsWith("token")).hasSize(100));
    assertThat(
            logs.stream()
                .flatMap(log -> log.lines.stream())
                .filter(line -> line.endsWith("preempted")))
        .hasSize((int) times.fleet().replica(0).state().preemptions())
        .isNotEmpty();
  }
}
