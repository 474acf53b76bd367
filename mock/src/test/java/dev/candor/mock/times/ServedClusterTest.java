package dev.candor.mock.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.engine.cluster.Autoscaling;
import dev.candor.engine.cluster.Disturbance;
import dev.candor.engine.cluster.KvTransfer;
import dev.candor.engine.cluster.Route;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.ClusterPlan.Role;
import dev.candor.scenario.MockEngine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ServedClusterTest {

  private static ClusterPlan.Pool pool(
      String name, Role role, MockEngine engine, ClusterPlan.@Nullable Autoscale autoscale) {
    return new ClusterPlan.Pool(name, role, engine, List.of(), autoscale);
  }

  private static ClusterPlan pair(MockEngine prefill, MockEngine decode) {
    return new ClusterPlan(
        List.of(pool("pre", Role.PREFILL, prefill, null), pool("dec", Role.DECODE, decode, null)),
        new ClusterPlan.KvTransfer(1e9, 5),
        List.of(new ClusterPlan.Failure("dec", 0, 7, null, null)));
  }

  @Test
  void of_isThePlanWithItsProfiles() {
    ServedCluster served =
        ServedCluster.of(pair(MockEngine.of("h100-llama3-8b"), MockEngine.of("a100-llama3-8b")));
    assertThat(served.settings().routes()).containsExactly(new Route(0, 1));
    assertThat(served.settings().transfer()).isEqualTo(new KvTransfer(1e9, 5));
    assertThat(served.settings().disturbances())
        .containsExactly(new Disturbance.Crash(1, 0, 7, Disturbance.FOR_EVER));
    assertThat(served.settings().pools().getFirst().kvBytesPerToken()).isEqualTo(131_072);
    assertThat(served.profiles().get(1).gpu().name()).contains("A100");
    ClusterPlan.Autoscale autoscale = new ClusterPlan.Autoscale(1, 4, 2.5, 3, 4, 5, 6);
    ClusterPlan scaled =
        new ClusterPlan(
            List.of(pool("p", Role.BOTH, MockEngine.of("tiny"), autoscale)),
            ClusterPlan.KvTransfer.NONE,
            List.of(new ClusterPlan.Failure("p", 3, 1, 2L, 9.0)));
    assertThat(ServedCluster.of(scaled).settings().pools().getFirst().autoscaling())
        .isEqualTo(new Autoscaling(1, 4, 2.5, 3, 4, 5, 6));
    assertThat(ServedCluster.of(scaled).settings().routes()).containsExactly(Route.to(0));
    assertThat(ServedCluster.of(scaled).settings().disturbances())
        .containsExactly(new Disturbance.Slowdown(0, 3, 1, 2, 9));
  }

  @Test
  void of_aProfileOfLatencies_isAMistake() {
    assertThatThrownBy(
            () ->
                ServedCluster.of(
                    pair(MockEngine.of("hosted-api"), MockEngine.of("h100-llama3-8b"))))
        .isInstanceOf(CandorException.class)
        .hasMessageStartingWith(
            "simulation.cluster: pool pre: the profile hosted-api has latencies and no engine");
  }

  @Test
  void of_modelsOfOtherKv_isAMistake() {
    assertThatThrownBy(
            () ->
                ServedCluster.of(
                    pair(MockEngine.of("h100-llama3-8b"), MockEngine.of("h100x4-llama3-70b"))))
        .isInstanceOf(CandorException.class)
        .hasMessage(
            "simulation.cluster: pools pre and dec: a token's KV has 131072 and 327680 bytes, must"
                + " be the same for one to go on from the other's");
    MockEngine otherBlocks =
        new MockEngine(
            "h100-llama3-8b",
            1,
            MockEngine.Routing.ROUND_ROBIN,
            null,
            null,
            null,
            null,
            null,
            null,
            32,
            null,
            null);
    assertThatThrownBy(() -> ServedCluster.of(pair(MockEngine.of("h100-llama3-8b"), otherBlocks)))
        .hasMessage(
            "simulation.cluster: pools pre and dec: block_size is 16 and 32, must be the same");
  }
}
