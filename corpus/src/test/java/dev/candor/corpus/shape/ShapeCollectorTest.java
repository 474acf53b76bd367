package dev.candor.corpus.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.corpus.shape.Dimension.Spread;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ShapeCollectorTest {
  private static final int NONE = RequestShape.NONE;
  private static final long SECOND = 1_000_000_000L;

  private final ShapeCollector collector = new ShapeCollector();

  private void add(int turn, long at, long end, long think, int input, int output) {
    collector.add(RequestShape.withoutBlocks(turn, at, end, think, input, output, NONE));
  }

  private EmpiricalDistribution of(Spread spread) {
    return collector.shape().of(spread).orElseThrow();
  }

  @Test
  void shape_nothing_isRefused() {
    assertThatThrownBy(collector::shape).isInstanceOf(CandorException.class);
  }

  @Test
  void shape_withoutTimesAndAnswers_leavesThemOut() {
    add(0, NONE, NONE, NONE, 10, NONE);
    TrafficShape shape = collector.shape();
    assertThat(shape.spreads()).containsOnlyKeys(Spread.INPUT_TOKENS, Spread.TURNS);
    assertThat(shape.burstiness()).isEmpty();
    assertThat(shape.prefixCeiling()).isEmpty();
    assertThat(shape.lengthCorrelation()).isEmpty();
    assertThat(shape.ratePerSecond()).isEmpty();
    assertThat(shape.arrivals()).isEmpty();
  }

  @Test
  void turns_areCountedWithoutSessions() {
    for (int turns : new int[] {1, 1, 3, 3, 3, 7}) {
      for (int turn = 0; turn < turns; turn++) {
        add(turn, NONE, NONE, NONE, 1, 1);
      }
    }
    EmpiricalDistribution turns = of(Spread.TURNS);
    assertThat(turns.count()).isEqualTo(6);
    assertThat(turns.countUpTo(1)).isEqualTo(2);
    assertThat(turns.countUpTo(3)).isEqualTo(5);
    assertThat(turns.max()).isEqualTo(7);
    assertThat(turns.mean()).isEqualTo(3);
    assertThat(collector.shape().sessions()).isEqualTo(6);
  }

  @Test
  void gaps_ofRequestsAndOfSessions() {
    add(0, 0, NONE, NONE, 1, 1);
    add(1, 1000, NONE, 500, 1, 1);
    add(0, 4000, NONE, NONE, 1, 1);
    assertThat(of(Spread.REQUEST_GAP).max()).isEqualTo(3000);
    assertThat(of(Spread.REQUEST_GAP).min()).isEqualTo(1000);
    assertThat(of(Spread.SESSION_GAP).max()).isEqualTo(4000);
    assertThat(of(Spread.SESSION_GAP).count()).isEqualTo(1);
    assertThat(of(Spread.THINK_TIME).max()).isEqualTo(500);
    assertThat(collector.shape().ratePerSecond()).hasValue(500_000);
  }

  @Test
  void concurrency_isWeightedByTime() {
    // Two from 10 to 20, one before and after, none from 30 to 60, one until 100.
    add(0, 0, 20, NONE, 1, 1);
    add(0, 10, 30, NONE, 1, 1);
    add(0, 60, 100, NONE, 1, 1);
    EmpiricalDistribution levels = of(Spread.CONCURRENCY);
    assertThat(levels.count()).isEqualTo(100);
    assertThat(levels.countUpTo(0)).isEqualTo(30);
    assertThat(levels.countUpTo(1)).isEqualTo(90);
    assertThat(levels.max()).isEqualTo(2);
    assertThat(levels.mean()).isEqualTo(0.8, within(1e-12));
  }

  @Test
  void concurrency_tooFewEnds_isUnknown() {
    add(0, 0, 20, NONE, 1, 1);
    add(0, 10, NONE, NONE, 1, 1);
    assertThat(collector.shape().of(Spread.CONCURRENCY)).isEmpty();
  }

  @Test
  void withAssumedEnd_isSoLongAToken() {
    RequestShape request = RequestShape.withoutBlocks(0, 100, NONE, NONE, 1, 7, NONE);
    assertThat(request.withAssumedEnd(10).endNanos()).isEqualTo(170);
    RequestShape known = RequestShape.withoutBlocks(0, 100, 130, NONE, 1, 7, NONE);
    assertThat(known.withAssumedEnd(10)).isSameAs(known);
  }

  @Test
  void burstiness_evenArrivals_isZero() {
    for (int i = 0; i <= 10_000; i++) {
      add(0, i * SECOND / 5, NONE, NONE, 1, 1);
    }
    Burstiness burstiness = collector.shape().burstiness().orElseThrow();
    assertThat(burstiness.gapVariation().orElseThrow()).isEqualTo(0, within(1e-9));
    assertThat(burstiness.dispersions()).allMatch(each -> each.index() == 0);
    assertThat(burstiness.dispersions()).extracting(each -> each.windows()).contains(2000L, 200L);
  }

  @Test
  void burstiness_poisson_isOne() {
    RandomGenerator random = new Seed(5).stream();
    double at = 0;
    for (int i = 0; i < 100_000; i++) {
      at += -Math.log1p(-random.nextDouble()) * SECOND / 10;
      add(0, (long) at, NONE, NONE, 1, 1);
    }
    Burstiness burstiness = collector.shape().burstiness().orElseThrow();
    assertThat(burstiness.gapVariation().orElseThrow()).isEqualTo(1, within(0.02));
    assertThat(burstiness.dispersions().get(0).index()).isEqualTo(1, within(0.05));
    assertThat(burstiness.dispersions().get(1).index()).isEqualTo(1, within(0.15));
  }

  @Test
  void burstiness_handComputed() {
    // Windows of a second: 3, 0, 1; the fourth is not whole. Mean 4/3, variance 7/3.
    for (long millis : new long[] {0, 100, 200, 2500, 3000}) {
      add(0, millis * 1_000_000, NONE, NONE, 1, 1);
    }
    Burstiness burstiness = collector.shape().burstiness().orElseThrow();
    Burstiness.Dispersion second = burstiness.dispersions().getFirst();
    assertThat(second.windows()).isEqualTo(3);
    assertThat(second.index()).isEqualTo(7.0 / 4, within(1e-12));
    assertThat(second.isKnown()).isFalse();
    // Gaps of 100, 100, 2300 and 500 ms: mean 750, variance 1103333.
    assertThat(burstiness.gapVariation().orElseThrow())
        .isEqualTo(Math.sqrt(3_310_000 / 3.0) / 750, within(1e-12));
  }

  @Test
  void lengthCorrelation_ranks_sharePlacesWhereEqual() {
    // Ranks 1, 2.5, 2.5, 4 and 2, 1, 3, 4.
    add(0, NONE, NONE, NONE, 10, 20);
    add(0, NONE, NONE, NONE, 30, 10);
    add(0, NONE, NONE, NONE, 30, 30);
    add(0, NONE, NONE, NONE, 99, 900);
    double both = 1.5 * 0.5 + 0 + 0 + 1.5 * 1.5;
    assertThat(collector.shape().lengthCorrelation().orElseThrow())
        .isEqualTo(both / Math.sqrt(4.5 * 5), within(1e-12));
  }

  @Test
  void arrivals_areCountedOverTheSpan() {
    for (int i = 0; i < 1000; i++) {
      add(0, i * SECOND, NONE, NONE, 1, 1);
    }
    add(0, 5000 * SECOND, NONE, NONE, 1, 1);
    long[] arrivals = collector.shape().arrivals();
    assertThat(arrivals.length).isBetween(128, 256);
    assertThat(java.util.Arrays.stream(arrivals).sum()).isEqualTo(1001);
    assertThat(arrivals[arrivals.length - 1]).isEqualTo(1);
    assertThat(arrivals[0]).isBetween(19L, 40L);
    assertThat(arrivals[arrivals.length / 2]).isZero();
  }
}
