package dev.candor.analysis.detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HeatCountsTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private static HeatMap map(HeatCounts counts) {
    return Objects.requireNonNull(counts.map());
  }

  private static long total(HeatMap map) {
    return map.counts().stream().flatMap(List::stream).mapToLong(each -> each).sum();
  }

  @Test
  void map_nothing_isNull() {
    assertThat(new HeatCounts().map()).isNull();
  }

  @Test
  void map_hasTheRowsFromTheLowestToTheHighestThatHaveAny() {
    HeatCounts counts = new HeatCounts();
    counts.add(500 * MS, 20 * MS, 3);
    counts.add(2 * SECOND, 90 * MS, 1);
    HeatMap map = map(counts);
    assertThat(map.columnS()).isEqualTo(1);
    assertThat(map.counts()).hasSize(3);
    assertThat(map.rowsMs()).isSorted();
    assertThat(map.rowsMs().getFirst()).isLessThanOrEqualTo(20);
    assertThat(map.rowsMs().get(1)).isGreaterThan(20);
    assertThat(map.rowsMs().getLast()).isGreaterThan(90);
    assertThat(map.rowsMs().get(map.rowsMs().size() - 2)).isLessThanOrEqualTo(90);
    assertThat(map.counts().getFirst().getFirst()).isEqualTo(3);
    assertThat(map.counts().get(1)).containsOnly(0L);
    assertThat(map.counts().get(2).getLast()).isEqualTo(1);
    map.counts().forEach(column -> assertThat(column).hasSize(map.rowsMs().size() - 1));
  }

  @Test
  void map_tenRowsADecade() {
    HeatCounts counts = new HeatCounts();
    counts.add(0, 10 * MS, 1);
    counts.add(0, 99 * MS, 1);
    HeatMap map = map(counts);
    assertThat(map.rowsMs()).hasSize(11);
    assertThat(map.rowsMs().getFirst()).isCloseTo(10, within(1e-9));
    assertThat(map.rowsMs().getLast()).isCloseTo(100, within(1e-9));
  }

  @Test
  void add_beyondTheRows_isInTheOutermost() {
    HeatCounts counts = new HeatCounts();
    counts.add(0, 0, 1);
    counts.add(0, Long.MAX_VALUE, 1);
    HeatMap map = map(counts);
    assertThat(map.rowsMs().getFirst()).isCloseTo(0.1, within(1e-9));
    assertThat(map.rowsMs().getLast()).isGreaterThan(3_600_000);
    assertThat(total(map)).isEqualTo(2);
  }

  @Test
  void add_longRun_widensTheColumns_andLosesNothing() {
    HeatCounts counts = new HeatCounts();
    int seconds = 4 * 3600;
    for (int second = 0; second < seconds; second++) {
      counts.add(second * SECOND, 50 * MS, 1);
    }
    HeatMap map = map(counts);
    assertThat(map.columnS()).isEqualTo(64);
    assertThat(map.counts()).hasSize(225);
    assertThat(map.counts()).allSatisfy(column -> assertThat(column).containsExactly(64L));
  }

  @Test
  void map_doesNotDependOnTheOrder() {
    long seed = 7;
    Random random = new Random(seed);
    List<long[]> values = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      values.add(
          new long[] {
            random.nextLong(1_000 * SECOND), (long) (Math.exp(random.nextDouble() * 20) * 1_000)
          });
    }
    HeatCounts forwards = new HeatCounts();
    values.forEach(each -> forwards.add(each[0], each[1], 1));
    Collections.shuffle(values, random);
    HeatCounts shuffled = new HeatCounts();
    values.forEach(each -> shuffled.add(each[0], each[1], 1));
    assertThat(shuffled.map()).as("seed %d", seed).isEqualTo(forwards.map());
    assertThat(total(map(shuffled))).isEqualTo(values.size());
  }
}
