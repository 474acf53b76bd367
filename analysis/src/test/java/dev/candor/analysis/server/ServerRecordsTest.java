package dev.candor.analysis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.server.ServerSide.ClientLatency;
import dev.candor.analysis.server.ServerSide.ClientSide;
import dev.candor.analysis.server.ServerSide.Estimate;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ServerRecordsTest {
  private static final long SECOND = 1_000_000_000;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final PhaseRecord PHASE = phase(0, 2);
  private static final PhaseRecord LATER = phase(4, 6);

  private final ServerRecords records = new ServerRecords(List.of(PHASE, LATER), SECOND);

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
  void seconds_leaveOutWhenTheRunsProcessWasDead() {
    ServerRecords withGap =
        new ServerRecords(
            List.of(PHASE, LATER), SECOND, List.of(new RunInfo.Gap(SECOND, 9 * SECOND / 2)));
    assertThat(withGap.seconds(List.of(PHASE, LATER))).isEqualTo(2.5);
    assertThat(records.seconds(List.of(PHASE, LATER))).isEqualTo(4);
  }

  private void told(double seconds, int page, ServerMetric metric, double value) {
    told(seconds, page, metric, value, null);
  }

  private void told(
      double seconds, int page, ServerMetric metric, double value, @Nullable Double le) {
    records.add(new ServerSample((long) (seconds * SECOND), page, metric, value, null, le));
  }

  private void cache(double seconds, int page, double queries, double hits) {
    told(seconds, page, ServerMetric.PREFIX_QUERIES, queries);
    told(seconds, page, ServerMetric.PREFIX_HITS, hits);
  }

  @Test
  void hitRate_isOfThePhaseAlone_pagesAddedUp() {
    cache(-1, 0, 1000, 1000);
    cache(0, 0, 1000, 1000);
    cache(0, 1, 0, 0);
    cache(2, 0, 1200, 1100);
    cache(2, 1, 100, 0);
    assertThat(records.hitRate(List.of(PHASE))).isCloseTo(100.0 / 300, within(1e-9));
  }

  @Test
  void hitRate_ofNothing_isUnknown_andAfterANewStartNeverNegative() {
    assertThat(records.hitRate(List.of(PHASE))).isNull();
    cache(0, 0, 1000, 900);
    assertThat(records.hitRate(List.of(PHASE))).isNull();
    cache(2, 0, 10, 0);
    assertThat(records.hitRate(List.of(PHASE))).isZero();
  }

  private static ServerSide.Figures together(@Nullable ServerSide side) {
    return Objects.requireNonNull(side).overall().together();
  }

  private @Nullable ServerSide side(Map<String, ClientLatency> latency) {
    ClientSide client = new ClientSide("overall", 400, latency);
    return records.side(List.of("a", "b"), List.of(PHASE), List.of(client), List.of(PHASE), client);
  }

  @Test
  void side_ofARunWhoseServerToldNothing_isNone() {
    assertThat(side(Map.of())).isNull();
  }

  @Test
  void latency_isTheGrowthOfThePhase_againstTheClients() {
    for (double at : new double[] {-1, 0}) {
      told(at, 0, ServerMetric.TTFT_BUCKET, 500, 0.1);
      told(at, 0, ServerMetric.TTFT_BUCKET, 900, INF);
      told(at, 0, ServerMetric.TTFT_SUM, 77);
    }
    told(2, 0, ServerMetric.TTFT_BUCKET, 600, 0.1);
    told(2, 0, ServerMetric.TTFT_BUCKET, 600, 0.2);
    told(2, 0, ServerMetric.TTFT_BUCKET, 1000, INF);
    told(2, 0, ServerMetric.TTFT_SUM, 82);
    ServerSide.Latency ttft =
        Objects.requireNonNull(
            together(side(Map.of("ttft", new ClientLatency(Map.of("mean", 55.0, "p50", 60.0)))))
                .latency()
                .get("ttft"));
    assertThat(ttft.count()).isEqualTo(100);
    assertThat(ttft.mean()).isCloseTo(50, within(1e-9));
    assertThat(ttft.quantiles().get("p50")).isEqualTo(new Estimate(50.0, 0.0, 100.0));
    assertThat(ttft.difference().get("p50")).isEqualTo(new Estimate(10.0, -40.0, 60.0));
    assertThat(Objects.requireNonNull(ttft.difference().get("mean")).value())
        .isCloseTo(5, within(1e-9));
    assertThat(ttft.difference()).doesNotContainKey("p90");
  }

  @Test
  void joules_areCounted_orPowerTimesTime_overTheServersTokens() {
    for (int second = 0; second <= 6; second++) {
      told(second, 0, ServerMetric.GPU_POWER, 300);
    }
    ServerSide.Gpu gpu = Objects.requireNonNull(together(side(Map.of())).gpu());
    assertThat(gpu.energy()).isCloseTo(600, within(1e-6));
    assertThat(gpu.energyCounted()).isFalse();
    // The server tells no tokens: the client's 400.
    assertThat(gpu.joulesPerOutputToken()).isCloseTo(1.5, within(1e-9));
    told(0, 1, ServerMetric.GPU_ENERGY, 5000);
    told(2, 1, ServerMetric.GPU_ENERGY, 5800);
    told(0, 1, ServerMetric.GENERATION_TOKENS, 0);
    told(2, 1, ServerMetric.GENERATION_TOKENS, 1600);
    ServerSide side = Objects.requireNonNull(side(Map.of()));
    gpu = Objects.requireNonNull(together(side).gpu());
    assertThat(gpu.energy()).isEqualTo(800);
    assertThat(gpu.energyCounted()).isTrue();
    assertThat(gpu.joulesPerOutputToken()).isEqualTo(0.5);
    assertThat(together(side).outputTps()).isEqualTo(800);
    assertThat(side.pages()).containsExactly("a", "b");
    assertThat(side.overall().byPage()).hasSize(2);
    assertThat(side.overall().byPage().getFirst().figures().gpu()).isNotNull();
    assertThat(side.overall().byPage().getFirst().figures().outputTps()).isNull();
  }

  @Test
  void energy_whereThePageWasSilentForLong_isUnknown() {
    told(0, 0, ServerMetric.GPU_POWER, 300);
    told(0.5, 0, ServerMetric.GPU_POWER, 300);
    told(7, 0, ServerMetric.GPU_POWER, 300);
    ServerSide.Gpu gpu = Objects.requireNonNull(together(side(Map.of())).gpu());
    assertThat(gpu.power()).isEqualTo(new ServerSide.Level(300, 300));
    assertThat(gpu.energy()).isNull();
    assertThat(gpu.joulesPerOutputToken()).isNull();
  }

  @Test
  void seconds_areTheClients_levelsAsMeans_countersAsGrowth() {
    told(0, 0, ServerMetric.RUNNING, 2);
    told(0, 1, ServerMetric.RUNNING, 10);
    told(0, 0, ServerMetric.PREEMPTIONS, 5);
    told(0.5, 0, ServerMetric.RUNNING, 4);
    told(1, 0, ServerMetric.RUNNING, 4);
    told(1, 1, ServerMetric.RUNNING, 10);
    told(1, 0, ServerMetric.PREEMPTIONS, 8);
    ServerSeconds seconds = ServerSeconds.of(records, 3);
    assertThat(seconds.at(ServerCurve.RUNNING, 0)).isEqualTo(13.5);
    assertThat(seconds.at(ServerCurve.PREEMPTIONS, 0)).isEqualTo(3);
    assertThat(seconds.at(ServerCurve.PREEMPTIONS, 1)).isNull();
    assertThat(seconds.at(ServerCurve.RUNNING, 2)).isNull();
    assertThat(seconds.has(ServerCurve.KV_USAGE)).isFalse();
    assertThat(seconds.rows(List.of("x", "y", "z")).map(row -> row.second() + row.metric()))
        .contains("0server.running", "0server.preemptions")
        .doesNotContain("1server.preemptions", "2server.running");
  }
}
