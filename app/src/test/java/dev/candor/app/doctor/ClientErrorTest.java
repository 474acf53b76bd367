package dev.candor.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.app.doctor.DoctorStep.Result;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClientErrorTest {
  private static final long MS = 1_000_000;

  private static AttemptRecord attempt(long request, Outcome outcome, long sent, long... events) {
    int none = AttemptRecord.NONE;
    int[] tokens = new int[events.length];
    java.util.Arrays.fill(tokens, 1);
    return new AttemptRecord(
        request,
        1,
        1,
        "stream",
        none,
        0,
        AttemptRecord.NONE,
        0,
        sent,
        sent,
        sent,
        events.length == 0 ? none : events[0],
        none,
        none,
        none,
        none,
        none,
        outcome,
        200,
        null,
        null,
        1,
        none,
        none,
        AttemptRecord.NONE,
        events.length,
        none,
        TokenSource.USAGE,
        events.length,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        events,
        tokens,
        new long[0],
        new long[0]);
  }

  @Test
  void add_latenessOfEitherSign_isErrorAndDoesNotCancel() {
    // The clocks have nothing in common: only spans are compared.
    ClientError error =
        new ClientError(
            Map.of(
                7L,
                new MockTruth.Answer(
                    1000 * MS, new long[] {1200 * MS, 1220 * MS, 1240 * MS, 1260 * MS})));

    // Read 1 ms late, then the second event 8 ms late, then on time again: gaps of 28 and 12.
    error.add(attempt(7, Outcome.COMPLETED, 0, 201 * MS, 229 * MS, 241 * MS, 261 * MS));

    assertThat(error.compared()).isEqualTo(1);
    assertThat(error.tokens()).isEqualTo(4);
    assertThat(error.ttft().p50()).isCloseTo(1, within(0.01));
    assertThat(error.itl().p50()).isCloseTo(8, within(0.05));
    assertThat(error.itl().p99()).isCloseTo(8, within(0.05));
  }

  @Test
  void add_exactFigures_noError() {
    ClientError error =
        new ClientError(Map.of(1L, new MockTruth.Answer(5, new long[] {105, 205, 305})));

    error.add(attempt(1, Outcome.COMPLETED, 40, 140, 240, 340));

    assertThat(error.ttft().p999()).isZero();
    assertThat(error.itl().p999()).isZero();
  }

  @Test
  void add_failedUnknownOrUnlike_areNotCompared() {
    ClientError error = new ClientError(Map.of(1L, new MockTruth.Answer(5, new long[] {105, 205})));

    error.add(attempt(1, Outcome.DISCONNECTED, 40, 140, 240));
    error.add(attempt(2, Outcome.COMPLETED, 40, 140, 240));
    error.add(attempt(1, Outcome.COMPLETED, 40, 140));

    assertThat(error.compared()).isZero();
    assertThat(error.unmatched()).isEqualTo(2);
  }

  @Test
  void judgement_answersThatWereNotCompared_areNotPassedOver() {
    ClientError error =
        new ClientError(Map.of(1L, new MockTruth.Answer(5, new long[] {105, 205, 305})));
    error.add(attempt(1, Outcome.COMPLETED, 40, 140, 240, 340));
    assertThat(LevelJudgement.of(0, 0, error, false, 5).result()).isEqualTo(Result.HOLDS);
    assertThat(LevelJudgement.of(0, 3, error, false, 5))
        .isEqualTo(new LevelJudgement(Result.FAILS, "the client lost the times of 3 answers"));
    assertThat(LevelJudgement.of(2, 0, error, true, 5).result()).isEqualTo(Result.INCONCLUSIVE);

    error.add(attempt(2, Outcome.COMPLETED, 40, 140, 240));
    assertThat(LevelJudgement.of(0, 0, error, false, 5).result()).isEqualTo(Result.INCONCLUSIVE);
  }

  @Test
  void judgement_errorBeyondTheBound_fails() {
    ClientError error =
        new ClientError(Map.of(1L, new MockTruth.Answer(0, new long[] {100 * MS, 120 * MS})));
    error.add(attempt(1, Outcome.COMPLETED, 0, 100 * MS, 129 * MS));
    assertThat(LevelJudgement.of(0, 0, error, false, 10).result()).isEqualTo(Result.HOLDS);
    assertThat(LevelJudgement.of(0, 0, error, false, 8).why()).contains("ITL off by 9.0 ms");
  }

  @Test
  void read_linesOfTheMock_answersAndItsOwnError() {
    String lines =
        """
        {"lateness":{"events":3,"p50_ns":10,"p99_ns":2500,"max_ns":9,"seconds":1,"late_seconds":1,"warning":"late"}}
        {"request":4,"path":"/v1/chat/completions","status":200,"arrival_ns":100,"complete":true,"emitted_ns":[300,400]}
        {"request":5,"path":"/v1/chat/completions","status":200,"arrival_ns":100,"complete":false,"emitted_ns":[300]}
        """;

    MockTruth truth =
        MockTruth.read(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));

    assertThat(truth.latenessP99Nanos()).isEqualTo(2500);
    assertThat(truth.warning()).isEqualTo("late");
    assertThat(truth.answers()).containsOnlyKeys(4L);
    assertThat(truth.answers().values())
        .allSatisfy(
            answer -> {
              assertThat(answer.arrival()).isEqualTo(100);
              assertThat(answer.emitted()).containsExactly(300, 400);
            });
  }
}
