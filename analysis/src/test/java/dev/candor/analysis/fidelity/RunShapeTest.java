package dev.candor.analysis.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.shape.Dimension.Spread;
import dev.candor.corpus.shape.EmpiricalDistribution;
import dev.candor.corpus.shape.TrafficShape;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.RunWriter;
import dev.candor.record.TokenSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunShapeTest {
  private static final int NONE = AttemptRecord.NONE;
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path temp;

  private static AttemptRecord attempt(
      int attempt,
      int phase,
      long session,
      int turn,
      long at,
      long end,
      Outcome outcome,
      int input,
      int output) {
    return new AttemptRecord(
        at,
        attempt,
        phase,
        "chat",
        session,
        turn,
        AttemptRecord.NONE,
        0,
        at * SECOND,
        at * SECOND,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        end == NONE ? NONE : end * SECOND,
        NONE,
        outcome,
        200,
        null,
        null,
        77,
        input,
        NONE,
        AttemptRecord.NONE,
        output,
        NONE,
        TokenSource.USAGE,
        64,
        1000,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[0],
        new int[0],
        new long[0],
        new long[0]);
  }

  private static PhaseRecord phase(int index, boolean warmup) {
    return new PhaseRecord(
        index, "p" + index, "closed", 1, null, false, warmup, SECOND, 0, SECOND, 0);
  }

  private TrafficShape shape(AttemptRecord... attempts) {
    RunDirectory directory = RunDirectory.create(temp.resolve("run"));
    try (RunWriter writer = RunWriter.open(directory)) {
      for (AttemptRecord each : attempts) {
        writer.append(each);
      }
      writer.finish(
          new RunInfo(
              "1",
              "by-hand",
              1,
              "nowhere",
              "m",
              Instant.EPOCH,
              SECOND,
              false,
              null,
              1,
              "here",
              List.of(phase(0, true), phase(1, false)),
              List.of()));
    }
    try (RunReader reader = RunReader.open(directory.path())) {
      return RunShape.of(reader);
    }
  }

  @Test
  void of_run_isItsMeasuredFirstAttempts() {
    TrafficShape shape =
        shape(
            attempt(1, 0, 9, 0, 0, 1, Outcome.COMPLETED, 5000, 500),
            attempt(1, 1, 1, 0, 10, 12, Outcome.COMPLETED, 100, 50),
            attempt(1, 1, 2, 0, 11, 13, Outcome.TIMEOUT_TOTAL, NONE, 3),
            attempt(2, 1, 2, 0, 14, 16, Outcome.COMPLETED, 100, 40),
            attempt(1, 1, 1, 1, 15, 19, Outcome.COMPLETED, 200, 60));
    assertThat(shape.requests()).isEqualTo(3);
    assertThat(shape.sessions()).isEqualTo(2);
    // The one that failed told no usage: what was asked for counts.
    EmpiricalDistribution input = shape.of(Spread.INPUT_TOKENS).orElseThrow();
    assertThat(input.min()).isEqualTo(77);
    assertThat(input.max()).isEqualTo(200);
    EmpiricalDistribution output = shape.of(Spread.OUTPUT_TOKENS).orElseThrow();
    assertThat(output.count()).isEqualTo(2);
    assertThat(output.min()).isEqualTo(50);
    assertThat(shape.of(Spread.TURNS).orElseThrow().max()).isEqualTo(2);
    assertThat(shape.of(Spread.THINK_TIME).orElseThrow().mean()).isEqualTo(3 * SECOND);
    assertThat(shape.of(Spread.REQUEST_GAP).orElseThrow().mean()).isEqualTo(2.5 * SECOND);
    assertThat(shape.of(Spread.CONCURRENCY).orElseThrow().max()).isEqualTo(2);
    assertThat(shape.prefixCeiling()).isEmpty();
  }

  @Test
  void of_warmupAlone_isRefused() {
    assertThatThrownBy(() -> shape(attempt(1, 0, 9, 0, 0, 1, Outcome.COMPLETED, 5000, 500)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("no request was measured");
  }
}
