package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Slo;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hand-computed phase. */
final class PhaseFiguresTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final PhaseRecord PHASE =
      new PhaseRecord(0, "hold", "closed", 1, null, false, false, SECOND, 0, SECOND, 0);
  private static final Slo SLO = new Slo(null, 150 * MS, 30 * MS, null, null, null, null);

  /** Sent 10 ms after its intent; first event after {@code ttftMs}, then a gap per entry. */
  private static AttemptRecord attempt(
      Outcome outcome, long intendedMs, long ttftMs, int[] tokens, long... gapsMs) {
    long sent = (intendedMs + 10) * MS;
    long[] events = new long[tokens.length];
    long at = sent + ttftMs * MS;
    for (int i = 0; i < tokens.length; i++) {
      at += i == 0 ? 0 : gapsMs[i - 1] * MS;
      events[i] = at;
    }
    int none = AttemptRecord.NONE;
    long first = tokens.length == 0 ? none : events[0];
    long second = tokens.length < 2 ? none : events[1];
    long last = tokens.length == 0 ? none : events[tokens.length - 1];
    return new AttemptRecord(
        0,
        1,
        0,
        "chat",
        0,
        0,
        AttemptRecord.NONE,
        0,
        intendedMs * MS,
        sent,
        sent + MS,
        first,
        second,
        first,
        last,
        Math.max(last, sent) + MS,
        none,
        outcome,
        200,
        null,
        "stop",
        90,
        100,
        40,
        AttemptRecord.NONE,
        Arrays.stream(tokens).sum(),
        none,
        TokenSource.USAGE,
        10,
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
  void tpot_isToTheNanosecond_whateverTheChunks() {
    AttemptRecord a = attempt(Outcome.COMPLETED, 0, 100, new int[] {1, 3, 2}, 31, 27);
    // 58 ms for the 5 tokens after the first.
    assertThat(AttemptFigures.tpot(a)).isEqualTo(58 * MS / 5.0);
    assertThat(AttemptFigures.meanItl(a)).isEqualTo(58 * MS / 5.0);
    assertThat(AttemptFigures.maxGap(a)).isEqualTo(31 * MS);
    assertThat(AttemptFigures.tpot(attempt(Outcome.COMPLETED, 0, 1, new int[] {1}))).isNull();
    // All at once: there is no time between tokens to speak of.
    assertThat(AttemptFigures.tpot(attempt(Outcome.COMPLETED, 0, 1, new int[] {7}))).isNull();
  }

  @Test
  void phase_reconciles_andCountsFailuresAgainstGoodput() {
    PhaseFigures figures = new PhaseFigures(new Prices("USD", 10, 5, 20));
    List<AttemptRecord> attempts =
        List.of(
            attempt(Outcome.COMPLETED, 0, 100, new int[] {1, 1}, 20),
            attempt(Outcome.COMPLETED, 0, 200, new int[] {1, 1}, 20),
            attempt(Outcome.COMPLETED, 0, 100, new int[] {1, 1}, 40),
            attempt(Outcome.DISCONNECTED, 0, 100, new int[] {1, 1, 1}, 20, 20),
            attempt(Outcome.UNFINISHED, 0, 990, new int[] {1, 1}, 20));
    for (AttemptRecord a : attempts) {
      figures.add(a, SLO);
      figures.addWindow(a, 0, SECOND);
    }
    Summary.Phase p =
        figures.summarize("hold", List.of(PHASE), 1, null, null, Summary.Client.UNWATCHED);
    assertThat(p.requests().intended()).isEqualTo(5);
    assertThat(p.requests().completed()).isEqualTo(3);
    assertThat(p.requests().failed()).isEqualTo(1);
    assertThat(p.requests().unfinished()).isEqualTo(1);
    assertThat(p.goodput().ratio()).isEqualTo(0.2);
    assertThat(p.goodput().slo()).containsEntry("ttft", 0.4).containsEntry("itl", 0.4);
    assertThat(p.tokens().output()).isEqualTo(11);
    assertThat(p.tokens().wastedOutput()).isEqualTo(5);
    assertThat(p.tokens().wastedInput()).isEqualTo(200);
    // The unfinished one's tokens came at 1.0 s and later: outside the phase.
    assertThat(p.rates().outputTps()).isEqualTo(9);
    assertThat(p.cache().hitRate()).isEqualTo(0.4);
    // 5 × (60 × 10 + 40 × 5) + 11 × 20 millionths.
    assertThat(p.cost()).isNotNull();
    assertThat(p.cost().total()).isCloseTo(4220e-6, within(1e-12));
    assertThat(latency(p, "ttft").count()).isEqualTo(3);
    assertThat(latency(p, "ttft").p50()).isNull();
    assertThat(latency(p, "ttft_intended").max()).isCloseTo(210, within(0.3));
  }

  @Test
  void sloShare_isOfTheRequestsThatHaveTheTarget() {
    PhaseFigures figures = new PhaseFigures(null);
    Slo onlyE2e = new Slo(null, null, null, null, SECOND, null, null);
    figures.add(attempt(Outcome.COMPLETED, 0, 100, new int[] {1, 1}, 20), SLO);
    figures.add(attempt(Outcome.COMPLETED, 0, 200, new int[] {1, 1}, 20), SLO);
    figures.add(attempt(Outcome.COMPLETED, 0, 200, new int[] {1, 1}, 20), onlyE2e);
    Summary.Goodput goodput =
        figures
            .summarize("hold", List.of(PHASE), 1, null, null, Summary.Client.UNWATCHED)
            .goodput();
    assertThat(goodput.slo()).containsEntry("ttft", 0.5).containsEntry("e2e", 1.0);
    assertThat(goodput.ratio()).isEqualTo(2 / 3.0);
  }

  private static Summary.Latency latency(Summary.Phase phase, String key) {
    return java.util.Objects.requireNonNull(phase.latency().get(key));
  }
}
