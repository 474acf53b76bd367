package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SessionFiguresTest {
  private static final long MS = 1_000_000;
  private static final int NONE = AttemptRecord.NONE;

  private final SessionFigures figures = new SessionFigures();

  private static AttemptRecord attempt(
      Outcome outcome, int turn, int input, int cached, int shared, double ttftMs) {
    long first = (long) (ttftMs * MS);
    return new AttemptRecord(
        0,
        1,
        0,
        "chat",
        5,
        turn,
        NONE,
        0,
        0,
        0,
        MS,
        first,
        NONE,
        first,
        first,
        first + MS,
        NONE,
        outcome,
        200,
        null,
        "stop",
        input,
        input,
        cached,
        shared,
        1,
        NONE,
        TokenSource.USAGE,
        10,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[] {first},
        new int[] {1},
        new long[0],
        new long[0]);
  }

  @Test
  void summarize_ttftOfTwelveMsATurn_isTheSlope_andRowsAreByTurn() {
    for (int session = 0; session < 40; session++) {
      for (int turn = 0; turn < 5; turn++) {
        figures.add(
            attempt(
                Outcome.COMPLETED,
                turn,
                100 + 200 * turn,
                50 * turn,
                0,
                30 + 12 * turn + session % 2));
      }
    }
    Summary.Sessions sessions = figures.summarize();
    assertThat(sessions.begun()).isEqualTo(40);
    assertThat(sessions.turns())
        .extracting(Summary.SessionRow::from)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(sessions.turns()).extracting(Summary.SessionRow::to).containsExactly(1, 2, 3, 4, 5);
    Summary.SessionRow third = sessions.turns().get(2);
    assertThat(third.requests()).isEqualTo(40);
    assertThat(third.inputTokens()).isEqualTo(500);
    assertThat(third.hitRate()).isEqualTo(0.2);
    assertThat(Objects.requireNonNull(third.ttft().mean())).isCloseTo(54.5, within(0.1));
    Summary.Slope perTurn = Objects.requireNonNull(sessions.ttftPerTurn());
    assertThat(perTurn.value()).isCloseTo(12, within(1e-6));
    assertThat(perTurn.ci95().low()).isBetween(11.8, 12.0);
    assertThat(perTurn.ci95().high()).isBetween(12.0, 12.2);
    assertThat(Objects.requireNonNull(sessions.ttftPerThousandTokens()).value())
        .isCloseTo(60, within(1e-6));
  }

  @Test
  void summarize_lateTurns_areInBands_andLengthsInPowersOfTwo() {
    for (int turn : new int[] {0, 9, 10, 19, 20, 99, 100, 5000}) {
      figures.add(attempt(Outcome.COMPLETED, turn, 511 + turn, NONE, 0, 10));
    }
    Summary.Sessions sessions = figures.summarize();
    assertThat(sessions.turns())
        .extracting(row -> row.from() + "-" + row.to() + ": " + row.requests())
        .containsExactly("1-1: 1", "10-10: 1", "11-20: 2", "21-50: 1", "51-100: 1", "101-null: 2");
    assertThat(sessions.contexts())
        .extracting(row -> row.from() + "-" + row.to() + ": " + row.requests())
        .containsExactly("0-511: 1", "512-1023: 6", "4096-8191: 1");
    assertThat(sessions.turns().getFirst().hitRate()).isNull();
  }

  @Test
  void summarize_onlyFirstTurns_haveNoTable() {
    figures.add(attempt(Outcome.COMPLETED, 0, 10, NONE, 0, 10));
    figures.add(attempt(Outcome.TRUNCATED, 1, 10, NONE, 0, 10));
    assertThat(figures.summarize().turns()).isEmpty();
    assertThat(figures.summarize().begun()).isEqualTo(1);
  }

  @Test
  void ceiling_isOfWhatWasCounted() {
    assertThat(figures.ceiling()).isNull();
    figures.add(attempt(Outcome.COMPLETED, 0, 100, NONE, 0, 10));
    figures.add(attempt(Outcome.COMPLETED, 0, 100, NONE, 50, 10));
    figures.add(attempt(Outcome.COMPLETED, 0, 1000, NONE, NONE, 10));
    assertThat(figures.ceiling()).isEqualTo(0.25);
  }
}
