package dev.candor.analysis.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.plan.PlanWish.GpuPrice;
import dev.candor.analysis.plan.PlanWish.Peak;
import dev.candor.base.error.CandorException;
import dev.candor.scenario.Prices;
import dev.candor.scenario.ProviderQuota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlannerTest {
  private static final Mix CHAT = new Mix(1000, 200, 0.5);
  private static final Capacity MEASURED = NeedsTest.capacity("chat", CHAT, 5, 20, 0.9, 1.1);

  @TempDir private Path folder;

  private static PlanWish wish(
      Peak peak, @Nullable Double hitRate, ProviderQuota quota, List<Double> daily) {
    return new PlanWish(
        peak,
        null,
        null,
        0,
        Headroom.DEFAULT,
        new Spare.Replicas(1),
        hitRate,
        quota,
        daily,
        300,
        new GpuPrice("USD", 2, 4),
        new Prices("USD", 1, 0.1, 10),
        0.99);
  }

  private static CapacityPlan plan(PlanWish wish) {
    return new Planner("test", wish, List.of(MEASURED), null, Map.of(), null, null).plan();
  }

  private static Peak rate(double rate) {
    return new Peak(null, null, rate, null);
  }

  @Test
  void plan_peakInAnyUnit_isTheSameDemand() {
    Demand byRate = plan(wish(rate(40), null, ProviderQuota.NONE, List.of())).demand();
    Demand byOutput =
        plan(wish(new Peak(8000.0, null, null, null), null, ProviderQuota.NONE, List.of()))
            .demand();
    Demand byInput =
        plan(wish(new Peak(null, 40_000.0, null, null), null, ProviderQuota.NONE, List.of()))
            .demand();
    Demand byUsers =
        plan(wish(new Peak(null, null, null, 160.0), null, ProviderQuota.NONE, List.of())).demand();

    assertThat(List.of(byOutput, byInput, byUsers)).allMatch(byRate::equals);
    assertThat(byRate.computedInputTps()).isEqualTo(20_000);
  }

  @Test
  void plan_bothTokenRates_areTheMix() {
    Demand demand =
        plan(wish(new Peak(8000.0, 120_000.0, null, null), null, ProviderQuota.NONE, List.of()))
            .demand();

    assertThat(demand.requestsPerS()).isEqualTo(40);
    assertThat(demand.mix().input()).isCloseTo(3000, within(1e-9));
  }

  @Test
  void plan_answersWithoutTokens_peakInOutputIsRefused() {
    Capacity silent = NeedsTest.capacity("none", new Mix(1000, 0, 0), 5, 20, 1, 1);
    PlanWish wish = wish(new Peak(8000.0, null, null, null), null, ProviderQuota.NONE, List.of());

    assertThatThrownBy(
            () -> new Planner("test", wish, List.of(silent), null, Map.of(), null, null).plan())
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("--peak-rate");
  }

  @Test
  void plan_cacheStates_coldComputesTwiceAsMuch() {
    List<Variation> caches = plan(wish(rate(40), 0.75, ProviderQuota.NONE, List.of())).caches();

    assertThat(caches)
        .extracting(Variation::computedInputTps)
        .containsExactly(40_000.0, 20_000.0, 10_000.0);
    assertThat(replicas(caches.get(0))).isEqualTo(24);
    assertThat(replicas(caches.get(1))).isEqualTo(12);
    // Decode does not get less by a warmer cache.
    assertThat(replicas(caches.get(2))).isEqualTo(12);
  }

  private static int replicas(Variation variation) {
    return Objects.requireNonNull(variation.replicas()).likely();
  }

  @Test
  void plan_quotas_eachBindsByItself() {
    List<QuotaLine> lines =
        plan(wish(rate(40), null, new ProviderQuota(2399L, 3_000_000L, null, 479_999L), List.of()))
            .quotas();

    assertThat(lines)
        .extracting(QuotaLine::limit, QuotaLine::needed, QuotaLine::binds)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("rpm", 2400.0, true),
            org.assertj.core.groups.Tuple.tuple("tpm", 2_880_000.0, false),
            org.assertj.core.groups.Tuple.tuple("input_tpm", 1_200_000.0, false),
            org.assertj.core.groups.Tuple.tuple("output_tpm", 480_000.0, true));
    assertThat(lines.getFirst().ask()).isEqualTo(3600);
    assertThat(lines.get(2).share()).isNull();
  }

  @Test
  void plan_money_isGpusTimesHours() {
    MonthlyCost cost =
        Objects.requireNonNull(
            plan(wish(rate(40), null, ProviderQuota.NONE, Collections.nCopies(24, 1.0))).cost());

    assertThat(Objects.requireNonNull(cost.fleet()).likely()).isEqualTo(12 * 4 * 2 * 730);
    assertThat(Objects.requireNonNull(cost.fleetHigh()).likely()).isEqualTo(16 * 4 * 2 * 730);
    // 20,000 uncached at 1, 20,000 cached at 0.1, 8,000 out at 10, a million.
    assertThat(Objects.requireNonNull(cost.tokens()))
        .isCloseTo(730 * 3600 * (0.02 + 0.002 + 0.08), within(1e-6));
    assertThat(cost.scaled()).isEqualTo(cost.fleet().likely());
  }

  @Test
  void plan_growth_raisesThePeak() {
    PlanWish grown =
        new PlanWish(
            rate(40),
            null,
            null,
            0.25,
            new Headroom(1, 1),
            new Spare.None(),
            null,
            ProviderQuota.NONE,
            List.of(),
            300,
            null,
            null,
            0.99);

    CapacityPlan plan = plan(grown);

    assertThat(plan.demand().requestsPerS()).isEqualTo(50);
    assertThat(plan.fleets()).hasSize(1);
    assertThat(plan.fleets().getFirst().replicas()).isEqualTo(new ReplicaCount(10, 10, 12));
    assertThat(plan.cost()).isNull();
  }

  @Test
  void json_roundTrip_isTheSamePlan() throws IOException {
    CapacityPlan plan =
        plan(wish(rate(40), 0.75, ProviderQuota.NONE, Collections.nCopies(24, 1.0)));
    Path file = Files.writeString(folder.resolve("plan.json"), PlanJson.text(plan));

    assertThat(PlanJson.read(file)).isEqualTo(plan);
    assertThat(PlanJson.text(plan)).contains("\"computed_input_tps\"");
  }

  @Test
  void json_anotherFile_isSaidToBeNoPlan() throws IOException {
    Path file = Files.writeString(folder.resolve("plan.json"), "{\"peak\": 3}");

    assertThatThrownBy(() -> PlanJson.read(file))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("candor plan writes it anew");
  }
}
