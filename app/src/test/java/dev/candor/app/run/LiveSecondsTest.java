package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import dev.candor.report.console.LiveSecond;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a live view hears of each second. */
final class LiveSecondsTest {
  private static final long MS = 1_000_000;
  private static final LiveSeconds.Look LOOK =
      new LiveSeconds.Look() {
        @Override
        public String phase(int second) {
          return "phase " + second;
        }

        @Override
        public double outputTps(HealthWindow window) {
          return window.tokenEvents() * 2.0;
        }

        @Override
        public boolean limited(HealthWindow window) {
          return window.second() == 1;
        }
      };

  private final LiveSeconds seconds = new LiveSeconds(1000, 100);

  /** One of three tokens, 40 ms apart. */
  private static AttemptRecord ended(long endMs, long ttftMs) {
    int none = AttemptRecord.NONE;
    long end = endMs * MS;
    long first = end - 80 * MS;
    long sent = first - ttftMs * MS;
    return new AttemptRecord(
        0,
        1,
        0,
        "chat",
        0,
        0,
        none,
        0,
        sent,
        sent,
        first,
        first,
        first + 40 * MS,
        first,
        end,
        end,
        none,
        Outcome.COMPLETED,
        200,
        null,
        null,
        10,
        10,
        none,
        none,
        3,
        none,
        TokenSource.USAGE,
        3,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[] {first, first + 40 * MS, end},
        new int[] {1, 1, 1},
        new long[0],
        new long[0]);
  }

  private static HealthWindow window(int second) {
    return new HealthWindow(
        second,
        0,
        0,
        HealthWindow.Pauses.UNKNOWN,
        new HealthWindow.Cpu(0.5, null, null, null),
        new HealthWindow.Queues(null, null, 0, 0, 0),
        1.5,
        7,
        100);
  }

  private List<LiveSecond> take() {
    return seconds.take(true, LOOK);
  }

  @Test
  void take_hasEachSecondOnce_withWhatEndedInIt() {
    seconds.completed(ended(200, 50), a -> true);
    seconds.completed(ended(900, 100), a -> false);
    seconds.over(window(0));
    seconds.completed(ended(1500, 300), a -> true);
    List<LiveSecond> first = take();
    assertThat(first).hasSize(1);
    LiveSecond second = first.getFirst();
    assertThat(second.second()).isZero();
    assertThat(second.phase()).isEqualTo("phase 0");
    assertThat(second.users()).isEqualTo(7);
    assertThat(second.inFlight()).isEqualTo(1.5);
    assertThat(second.completed()).isEqualTo(2);
    assertThat(second.outputTps()).isEqualTo(200);
    assertThat(second.ttftP50()).isCloseTo(50, within(0.5));
    assertThat(second.ttftP99()).isCloseTo(100, within(1.0));
    assertThat(second.itlP50()).isCloseTo(40, within(0.4));
    assertThat(second.goodput()).isEqualTo(0.5);
    assertThat(second.limited()).isFalse();
    assertThat(take()).isEmpty();
    seconds.over(window(1));
    assertThat(take().getFirst().ttftP50()).isCloseTo(300, within(3.0));
  }

  @Test
  void take_ofASecondInWhichNothingEnded_knowsNoLatency() {
    seconds.completed(ended(200, 50), a -> true);
    seconds.over(window(0));
    seconds.over(window(1));
    LiveSecond silent = take().getLast();
    assertThat(silent.ttftP50()).isNull();
    assertThat(silent.itlP99()).isNull();
    assertThat(silent.goodput()).isNull();
    assertThat(silent.completed()).isZero();
    assertThat(silent.limited()).isTrue();
  }

  @Test
  void take_ofLogsReadAtOnce_secondsAheadOfAttempts_isTheSameAsLive() {
    LiveSeconds live = new LiveSeconds(1000, 100);
    List<LiveSecond> heard =
        IntStream.range(0, 20)
            .boxed()
            .flatMap(
                second -> {
                  live.completed(ended(second * 1000L + 500, 10 + second), a -> true);
                  live.over(window(second));
                  return live.take(true, LOOK).stream();
                })
            .toList();
    IntStream.range(0, 20).forEach(second -> seconds.over(window(second)));
    IntStream.range(0, 20)
        .forEach(second -> seconds.completed(ended(second * 1000L + 500, 10 + second), a -> true));
    assertThat(take()).isEqualTo(heard).hasSize(20);
    assertThat(heard.getLast().ttftP50()).isCloseTo(29, within(0.3));
  }

  @Test
  void attemptThatComesLate_isToldOfInTheNextSecond_notLost() {
    seconds.over(window(0));
    assertThat(take()).hasSize(1);
    seconds.failed(ended(700, 50), true);
    seconds.over(window(1));
    assertThat(take().getFirst().failed()).isEqualTo(1);
  }

  @Test
  void secondsThatNobodyAsksFor_areBounded_theLatestAreKept() {
    for (int second = 0; second < 250; second++) {
      seconds.completed(ended(second * 1000L + 500, second), a -> true);
      seconds.over(window(second));
    }
    List<LiveSecond> taken = take();
    assertThat(taken).hasSize(100);
    assertThat(taken.getFirst().second()).isEqualTo(150);
    assertThat(taken).allMatch(second -> second.completed() == 1);
  }
}
