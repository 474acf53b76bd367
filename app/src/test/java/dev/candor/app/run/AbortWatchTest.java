package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.ClientHealth;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AbortWatchTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final int WARM_UP = 0;
  private static final int HOLD = 1;

  @TempDir Path temp;
  private long next;

  private AbortWatch watch(String rules) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("abort.yaml"),
            """
            slo: {ttft: 500ms}
            prices: {currency: EUR, input: 100, output: 900}
            load: [{users: 1, for: 10s, warmup: true}, {users: 1, for: 100h}]
            abort: %s
            """
                .formatted(rules));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, variable -> null);
    return new AbortWatch(scenario, () -> new ClientHealth(null));
  }

  /** Of 100 tokens in and 100 out: 0.1 EUR. */
  private AttemptRecord attempt(int phase, long end, long ttft, Outcome outcome) {
    int none = AttemptRecord.NONE;
    boolean sent = outcome != Outcome.UNFINISHED;
    long began = sent ? end - ttft : none;
    return new AttemptRecord(
        next++,
        1,
        phase,
        "chat",
        0,
        0,
        none,
        0,
        end - ttft,
        began,
        outcome == Outcome.COMPLETED ? end : none,
        outcome == Outcome.COMPLETED ? end : none,
        none,
        none,
        outcome == Outcome.COMPLETED ? end : none,
        end,
        none,
        outcome,
        200,
        null,
        null,
        100,
        sent ? 100 : none,
        none,
        none,
        sent ? 100 : 0,
        none,
        TokenSource.USAGE,
        100,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[0],
        new int[0],
        new long[0],
        new long[0]);
  }

  private boolean end(AbortWatch watch, int count, double seconds, Outcome outcome) {
    return end(watch, count, seconds, HOLD, 100 * MS, outcome);
  }

  private boolean end(
      AbortWatch watch, int count, double seconds, int phase, long ttft, Outcome outcome) {
    boolean met = false;
    for (int i = 0; i < count; i++) {
      met |= watch.add(attempt(phase, Math.round(seconds * SECOND), ttft, outcome));
    }
    return met;
  }

  private static boolean second(AbortWatch watch, int second, long loopDelayNanos) {
    return watch.add(
        new HealthWindow(
            second,
            loopDelayNanos,
            0,
            HealthWindow.Pauses.UNKNOWN,
            new HealthWindow.Cpu(0.5, null, null, null),
            new HealthWindow.Queues(null, null, 0, 0, 0),
            1,
            1,
            10));
  }

  @Test
  void failed_moreThanTheShare_isTold_once_withItsFigures() throws IOException {
    AbortWatch watch = watch("{failed: 50%}");
    assertThat(end(watch, 60, 40, Outcome.COMPLETED)).isFalse();
    assertThat(end(watch, 60, 50, Outcome.SERVER_ERROR)).isFalse();
    assertThat(watch.sentence()).isNull();
    assertThat(end(watch, 1, 51, Outcome.TIMEOUT_FIRST_TOKEN)).isTrue();
    assertThat(watch.sentence())
        .isEqualTo("50.41 % of 121 attempts in the last 30 s failed, abort.failed is 50 %");
    assertThat(end(watch, 100, 52, Outcome.SERVER_ERROR)).isFalse();
    assertThat(watch.sentence()).contains("121 attempts");
  }

  @Test
  void failed_countsTheLastSecondsAlone() throws IOException {
    AbortWatch watch = watch("{failed: 50%, over: 10s}");
    end(watch, 1000, 5, Outcome.COMPLETED);
    assertThat(end(watch, 40, 14.9, Outcome.SERVER_ERROR)).isFalse();
    // Second 5 is out of the ten that end with second 15.
    assertThat(end(watch, 1, 15, Outcome.SERVER_ERROR)).isTrue();
    assertThat(watch.sentence())
        .isEqualTo("100 % of 41 attempts in the last 10 s failed, abort.failed is 50 %");
  }

  @Test
  void failed_fewerThanTwenty_areChance() throws IOException {
    AbortWatch watch = watch("{failed: 10%}");
    assertThat(end(watch, 19, 1, Outcome.SERVER_ERROR)).isFalse();
    // They are forgotten, not kept until there are enough.
    assertThat(end(watch, 19, 100, Outcome.SERVER_ERROR)).isFalse();
    assertThat(end(watch, 1, 100, Outcome.SERVER_ERROR)).isTrue();
  }

  @Test
  void failed_doesNotCountWhatTheClientCutOrNeverSent() throws IOException {
    AbortWatch watch = watch("{failed: 50%, goodput: 20%}");
    assertThat(end(watch, 100, 1, Outcome.CANCELLED)).isFalse();
    assertThat(end(watch, 100, 1, Outcome.UNFINISHED)).isFalse();
    assertThat(end(watch, 19, 1, Outcome.SERVER_ERROR)).isFalse();
    assertThat(end(watch, 1, 1, Outcome.SERVER_ERROR)).isTrue();
    assertThat(watch.sentence())
        .isEqualTo("100 % of 20 attempts in the last 1 s failed, abort.failed is 50 %");
  }

  @Test
  void failed_attemptsThatAreToldLate_countInTheirOwnSecond() throws IOException {
    AbortWatch watch = watch("{failed: 50%, over: 10s}");
    end(watch, 30, 100, Outcome.COMPLETED);
    assertThat(end(watch, 31, 80, Outcome.SERVER_ERROR)).isFalse();
    assertThat(end(watch, 31, 95, Outcome.SERVER_ERROR)).isTrue();
  }

  @Test
  void goodput_belowTheShare_isTold_withoutTheWarmUps() throws IOException {
    AbortWatch watch = watch("{goodput: 20%}");
    assertThat(end(watch, 500, 5, WARM_UP, 600 * MS, Outcome.COMPLETED)).isFalse();
    assertThat(end(watch, 20, 11, HOLD, 100 * MS, Outcome.COMPLETED)).isFalse();
    assertThat(end(watch, 80, 12, HOLD, 600 * MS, Outcome.COMPLETED)).isFalse();
    assertThat(end(watch, 1, 12, HOLD, 600 * MS, Outcome.COMPLETED)).isTrue();
    assertThat(watch.sentence())
        .isEqualTo(
            "19.80 % of 101 requests in the last 12 s met their SLOs, abort.goodput is 20 %");
  }

  @Test
  void cost_ofAllAttempts_failedAndWarmUpToo() throws IOException {
    AbortWatch watch = watch("{cost: 5}");
    assertThat(end(watch, 25, 5, WARM_UP, 100 * MS, Outcome.COMPLETED)).isFalse();
    assertThat(end(watch, 24, 3000, Outcome.DISCONNECTED)).isFalse();
    assertThat(end(watch, 2, 3001, Outcome.COMPLETED)).isTrue();
    assertThat(watch.sentence())
        .isEqualTo("all attempts so far cost 5.1000 EUR, abort.cost is 5.0000");
  }

  @Test
  void cost_ofBeforeAResume_isSpent_butStopsNothingByItself() throws IOException {
    AbortWatch watch = watch("{cost: 5, failed: 10%, goodput: 20%}");
    for (int i = 0; i < 60; i++) {
      watch.addEarlier(attempt(HOLD, 5 * SECOND, 600 * MS, Outcome.SERVER_ERROR));
    }
    assertThat(watch.sentence()).isNull();
    // Not by failures that are older than the resume: too few have ended since.
    assertThat(end(watch, 1, 6, Outcome.COMPLETED)).isTrue();
    assertThat(watch.sentence())
        .isEqualTo("all attempts so far cost 6.1000 EUR, abort.cost is 5.0000");
  }

  @Test
  void failed_andGoodput_ofBeforeAResume_areForgotten() throws IOException {
    AbortWatch watch = watch("{failed: 10%, goodput: 90%}");
    for (int i = 0; i < 60; i++) {
      watch.addEarlier(attempt(HOLD, 5 * SECOND, 600 * MS, Outcome.SERVER_ERROR));
    }
    assertThat(end(watch, 30, 6, Outcome.COMPLETED)).isFalse();
  }

  @Test
  void clientLimited_soLongWithoutABreak() throws IOException {
    AbortWatch watch = watch("{client_limited: 3s}");
    assertThat(second(watch, 0, 50 * MS)).isFalse();
    assertThat(second(watch, 1, 50 * MS)).isFalse();
    assertThat(second(watch, 2, MS)).isFalse();
    assertThat(second(watch, 3, 50 * MS)).isFalse();
    assertThat(second(watch, 4, 50 * MS)).isFalse();
    assertThat(second(watch, 5, 50 * MS)).isTrue();
    assertThat(watch.sentence())
        .isEqualTo(
            "for 3 s without a break the client, not the server, was measured (loop delay 3), abort.client_limited is 3 s");
    assertThat(second(watch, 6, 50 * MS)).isFalse();
  }

  @Test
  void noRules_neverTold() throws IOException {
    AbortWatch watch = watch("{}");
    assertThat(end(watch, 1000, 5, Outcome.SERVER_ERROR)).isFalse();
    for (int second = 0; second < 100; second++) {
      assertThat(second(watch, second, 50 * MS)).isFalse();
    }
  }
}
