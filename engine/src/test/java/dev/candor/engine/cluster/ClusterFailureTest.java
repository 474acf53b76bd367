package dev.candor.engine.cluster;

import static dev.candor.engine.cluster.Clusters.MILLI;
import static dev.candor.engine.cluster.Clusters.SECOND;
import static dev.candor.engine.cluster.Clusters.alone;
import static dev.candor.engine.cluster.Clusters.cluster;
import static dev.candor.engine.cluster.Clusters.drain;
import static dev.candor.engine.cluster.Clusters.one;
import static dev.candor.engine.cluster.Clusters.pool;
import static dev.candor.engine.cluster.Clusters.sharing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.engine.Admission;
import dev.candor.engine.Routing;
import org.junit.jupiter.api.Test;

final class ClusterFailureTest {
  private final ClusterLog log = new ClusterLog();

  @Test
  void crash_failsWhatTheReplicaHas_andTheRestGoesRoundIt() {
    Cluster cluster =
        cluster(
            one(
                pool("p", 2, Routing.ROUND_ROBIN),
                new Disturbance.Crash(0, 1, 5 * MILLI, 10 * MILLI)),
            log);
    for (int i = 0; i < 4; i++) {
      cluster.submit(0, alone(i, 4, 20));
    }
    cluster.advance(5 * MILLI);
    assertThat(log.failed).containsExactly(1L, 3L);
    assertThat(log.lines).containsSubsequence("5000000 failed r1", "5000000 failed r3");
    assertThat(log.tokensOf(1)).as("of the steps that have ended by then").hasSize(5);
    assertThat(cluster.pools().getFirst())
        .isEqualTo(new PoolState("p", 1, 0, 0, 1, 2, 2 * 5 * MILLI));
    cluster.submit(6 * MILLI, alone(10, 4, 2));
    cluster.submit(6 * MILLI, alone(11, 4, 2));
    assertThat(cluster.replicaOf(10)).isZero();
    assertThat(cluster.replicaOf(11)).isZero();
    cluster.submit(15 * MILLI, alone(12, 4, 2));
    assertThat(cluster.replicaOf(12)).as("back").isEqualTo(1);
    drain(cluster);
    assertThat(log.finishedNanos).containsOnlyKeys(0L, 2L, 10L, 11L, 12L);
    assertThat(cluster.pools().getFirst().inFlight()).isZero();
  }

  @Test
  void crash_comesBackWithAColdCache() {
    Cluster cluster =
        cluster(
            one(pool("p", 1, Routing.ROUND_ROBIN), new Disturbance.Crash(0, 0, SECOND, SECOND)),
            log);
    cluster.submit(0, sharing(1, 17, 1, 7, 16));
    cluster.submit(SECOND / 2, sharing(2, 17, 1, 7, 16));
    assertThat(cluster.submit(3 * SECOND / 2, sharing(3, 17, 1, 7, 16))).isEqualTo(Admission.DOWN);
    cluster.submit(2 * SECOND, sharing(4, 17, 1, 7, 16));
    cluster.submit(3 * SECOND, sharing(5, 17, 1, 7, 16));
    drain(cluster);
    assertThat(log.cachedTokens)
        .containsEntry(1L, 0)
        .containsEntry(2L, 16)
        .containsEntry(4L, 0)
        .containsEntry(5L, 16);
    assertThat(log.failed).isEmpty();
  }

  @Test
  void crash_forEver_isNotPaidFor() {
    Cluster cluster =
        cluster(
            one(
                pool("p", 2, Routing.LEAST_LOADED),
                new Disturbance.Crash(0, 0, SECOND, Disturbance.FOR_EVER)),
            log);
    cluster.advance(10 * SECOND);
    cluster.submit(10 * SECOND, alone(1, 4, 4));
    assertThat(cluster.replicaOf(1)).isEqualTo(1);
    assertThat(cluster.stateOf(0)).isEqualTo(ReplicaState.DOWN);
    assertThat(cluster.pools().getFirst().replicaNanos()).isEqualTo(11 * SECOND);
    drain(cluster);
    assertThat(cluster.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void slowdown_lastsItsTime() {
    Cluster cluster =
        cluster(
            one(
                pool("p", 1, Routing.ROUND_ROBIN),
                new Disturbance.Slowdown(0, 0, 3 * MILLI, 20 * MILLI, 10)),
            log);
    cluster.submit(0, alone(1, 4, 8));
    drain(cluster);
    // The step from 3 ms on has begun by then.
    assertThat(log.tokensOf(1))
        .containsExactly(
            MILLI, 2 * MILLI, 3 * MILLI, 4 * MILLI, 14 * MILLI, 24 * MILLI, 25 * MILLI, 26 * MILLI);
  }

  @Test
  void replica_crashedFromOutside_isRoutedRound_untilItIsRestarted() {
    Cluster cluster = cluster(one(pool("p", 2, Routing.ROUND_ROBIN)), log);
    cluster.submit(0, alone(0, 4, 9));
    cluster.advance(MILLI);
    cluster.replica(0).crash(MILLI);
    assertThat(log.failed).containsExactly(0L);
    for (int i = 1; i < 4; i++) {
      cluster.submit(MILLI, alone(i, 4, 9));
      assertThat(cluster.replicaOf(i)).isEqualTo(1);
    }
    cluster.replica(0).restart(2 * MILLI);
    cluster.submit(2 * MILLI, alone(4, 4, 9));
    assertThat(cluster.replicaOf(4)).isZero();
    assertThat(cluster.size()).isEqualTo(2);
    assertThat(cluster.replica(0).state().failed()).isEqualTo(1);
  }

  @Test
  void cancel_findsTheReplica() {
    Cluster cluster = cluster(one(pool("p", 2, Routing.ROUND_ROBIN)), log);
    cluster.submit(0, alone(0, 4, 9));
    cluster.submit(0, alone(1, 4, 9));
    assertThat(cluster.cancel(1, 1)).isTrue();
    assertThat(cluster.cancel(1, 1)).isFalse();
    assertThat(cluster.replica(1).state().cancelled()).isEqualTo(1);
    assertThat(cluster.pools().getFirst().inFlight()).isEqualTo(1);
  }
}
