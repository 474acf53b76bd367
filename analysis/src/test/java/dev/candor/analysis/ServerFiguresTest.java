package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.record.PhaseRecord;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerFiguresTest {
  private static final long SECOND = 1_000_000_000;

  private final List<ServerSample> samples = new ArrayList<>();

  private void sample(double seconds, int target, double queries, double hits) {
    long at = (long) (seconds * SECOND);
    samples.add(new ServerSample(at, target, ServerMetric.PREFIX_QUERIES, queries));
    samples.add(new ServerSample(at, target, ServerMetric.PREFIX_HITS, hits));
    samples.add(new ServerSample(at, target, ServerMetric.RUNNING, 9));
  }

  private static PhaseRecord phase(double from, double to) {
    return new PhaseRecord(
        0,
        "p",
        "closed",
        1,
        null,
        false,
        false,
        1,
        (long) (from * SECOND),
        (long) (to * SECOND),
        0);
  }

  @Test
  void hitRate_isOfThePhaseAlone_addressesAddedUp() {
    sample(-1, 0, 1000, 1000);
    sample(0, 0, 1000, 1000);
    sample(2, 0, 1200, 1100);
    sample(0, 1, 0, 0);
    sample(2, 1, 100, 0);
    assertThat(new ServerFigures(samples).hitRate(List.of(phase(0, 2))))
        .isCloseTo(100.0 / 300, within(1e-9));
  }

  @Test
  void hitRate_betweenLooks_isOnTheLine() {
    sample(0, 0, 0, 0);
    sample(2, 0, 200, 0);
    sample(4, 0, 400, 200);
    assertThat(new ServerFigures(samples).hitRate(List.of(phase(1, 3))))
        .isCloseTo(100.0 / 200, within(1e-9));
  }

  @Test
  void hitRate_ofNothing_isUnknown() {
    assertThat(new ServerFigures(samples).hitRate(List.of(phase(0, 1)))).isNull();
    sample(0, 0, 5, 5);
    assertThat(new ServerFigures(samples).hitRate(List.of(phase(0, 1)))).isNull();
  }

  @Test
  void hitRate_serverStartedAnew_isNeverNegative() {
    sample(0, 0, 1000, 900);
    sample(2, 0, 10, 0);
    assertThat(new ServerFigures(samples).hitRate(List.of(phase(0, 2)))).isNull();
  }
}
