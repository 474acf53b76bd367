package dev.candor.engine.cluster;

import static dev.candor.engine.cluster.Clusters.SECOND;
import static dev.candor.engine.cluster.Clusters.alone;
import static dev.candor.engine.cluster.Clusters.cluster;
import static dev.candor.engine.cluster.Clusters.one;
import static dev.candor.engine.cluster.Clusters.scaled;
import static dev.candor.engine.cluster.Clusters.sharing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.engine.EngineSettings;
import dev.candor.engine.Routing;
import dev.candor.engine.StepTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evaluations at 15, 30, ... s; a new replica is there 60 s later. */
final class AutoscalerTest {
  private final ClusterLog log = new ClusterLog();

  /** Steps of 1 s, so that a token is a second and four requests run at once. */
  private Cluster slow(Autoscaling autoscaling, Disturbance... disturbances) {
    EngineSettings settings =
        Clusters.tiny()
            .withKvCache(Clusters.tiny().kvCache().withBlocks(999))
            .withStepTime(new StepTime(0, SECOND, 0, 0, 0, 0, 0, 0, 0));
    PoolSettings pool =
        new PoolSettings("p", settings, autoscaling.min(), Routing.LEAST_LOADED, 0, autoscaling);
    return cluster(one(pool, disturbances), log);
  }

  private static Autoscaling autoscaling(int min, int max, double target, long cooldownSeconds) {
    return new Autoscaling(min, max, target, 15 * SECOND, 60 * SECOND, cooldownSeconds * SECOND, 2);
  }

  /** Up, starting and draining replicas, and when they changed, by the second. */
  private static List<String> timeline(Cluster cluster, int from, int to) {
    List<String> changes = new ArrayList<>();
    String last = "";
    for (int second = from; second <= to; second++) {
      cluster.advance(second * SECOND);
      PoolState pool = cluster.pools().getFirst();
      String now = "%d+%d-%d".formatted(pool.up(), pool.starting(), pool.draining());
      if (!now.equals(last)) {
        changes.add(second + " s: " + now);
        last = now;
      }
    }
    return changes;
  }

  @Test
  void step_ofLoad_bringsReplicasAfterTheirStart_andTheyGoAfterTheCooldown() {
    Cluster cluster = slow(autoscaling(1, 5, 10, 120));
    List<String> changes = new ArrayList<>(timeline(cluster, 0, 19));
    for (int i = 0; i < 40; i++) {
      // Four end every 30 s, from 50 s on.
      cluster.submit(20 * SECOND, alone(i, 4, 30));
    }
    changes.addAll(timeline(cluster, 20, 400));
    assertThat(changes)
        .containsExactly(
            "0 s: 1+0-0",
            "20 s: 1+0-0",
            "30 s: 1+2-0",
            "45 s: 1+3-0",
            "90 s: 3+1-0",
            "105 s: 4+0-0",
            // 31 of them were there at 105 s for the last time, 21 at 165 s, 11 at 255 s.
            "225 s: 3+0-0",
            "285 s: 2+0-0",
            "375 s: 1+0-0");
    assertThat(log.finishedNanos).hasSize(40);
    assertThat(cluster.pools().getFirst().replicaNanos())
        .isEqualTo((400 + (375 - 30) + (285 - 30) + (225 - 45)) * SECOND);
  }

  @Test
  void startUp_showsInTheTimeToTheFirstToken() {
    Cluster cluster = slow(autoscaling(1, 2, 4, 120));
    for (int i = 0; i < 8; i++) {
      cluster.submit(SECOND, alone(i, 4, 100));
    }
    cluster.submit(74 * SECOND, alone(8, 4, 1));
    cluster.submit(75 * SECOND, alone(9, 4, 1));
    cluster.advance(400 * SECOND);
    // Behind two times four of 100 s each, and at a replica that began to start at 15 s.
    assertThat(log.firstTokenNanos(8)).isEqualTo(202 * SECOND);
    assertThat(log.firstTokenNanos(9)).isEqualTo(76 * SECOND);
  }

  @Test
  void drained_takesNothingMore_andIsTakenBackAtOnce() {
    Cluster cluster = slow(autoscaling(1, 2, 1, 0));
    cluster.submit(SECOND, alone(1, 4, 120));
    cluster.submit(SECOND, alone(2, 4, 120));
    cluster.submit(80 * SECOND, alone(3, 4, 60));
    assertThat(cluster.replicaOf(3)).isEqualTo(1);
    cluster.cancel(81 * SECOND, 1);
    cluster.cancel(81 * SECOND, 2);
    assertThat(timeline(cluster, 81, 95)).containsExactly("81 s: 2+0-0", "90 s: 1+0-1");
    cluster.submit(95 * SECOND, alone(4, 4, 3));
    assertThat(cluster.replicaOf(4)).as("not the draining one").isZero();
    // Both are gone, or one is, at 135 s.
    assertThat(timeline(cluster, 96, 104)).containsExactly("96 s: 1+0-1");
    cluster.submit(104 * SECOND, alone(5, 4, 60));
    assertThat(timeline(cluster, 104, 110)).containsExactly("104 s: 1+0-1", "105 s: 2+0-0");
    cluster.cancel(110 * SECOND, 5);
    assertThat(timeline(cluster, 110, 150))
        .containsExactly("110 s: 2+0-0", "120 s: 1+0-1", "140 s: 1+0-0");
    assertThat(log.finishedNanos).containsEntry(3L, 140 * SECOND);
  }

  @Test
  void start_isWithAColdCache() {
    Cluster cluster = slow(autoscaling(1, 2, 1, 0));
    cluster.submit(0, alone(0, 4, 120));
    cluster.submit(0, alone(1, 4, 120));
    // The second replica is there from 75 s on.
    cluster.submit(76 * SECOND, sharing(2, 17, 1, 7, 16));
    cluster.submit(78 * SECOND, sharing(3, 17, 1, 7, 16));
    cluster.cancel(80 * SECOND, 0);
    cluster.cancel(80 * SECOND, 1);
    assertThat(timeline(cluster, 80, 95)).containsExactly("80 s: 2+0-0", "90 s: 1+0-0");
    cluster.submit(95 * SECOND, alone(4, 4, 120));
    cluster.submit(95 * SECOND, alone(5, 4, 120));
    assertThat(timeline(cluster, 96, 170))
        .containsExactly("96 s: 1+0-0", "105 s: 1+1-0", "165 s: 2+0-0");
    cluster.submit(170 * SECOND, sharing(6, 17, 1, 7, 16));
    assertThat(cluster.replicaOf(6)).isEqualTo(1);
    cluster.advance(200 * SECOND);
    assertThat(log.cachedTokens).containsEntry(2L, 0).containsEntry(3L, 16).containsEntry(6L, 0);
  }

  @Test
  void crashed_forEver_isReplaced() {
    Cluster cluster =
        slow(
            autoscaling(2, 3, 10, 0),
            new Disturbance.Crash(0, 1, 100 * SECOND, Disturbance.FOR_EVER));
    assertThat(timeline(cluster, 0, 200))
        .containsExactly("0 s: 2+0-0", "100 s: 1+0-0", "105 s: 1+1-0", "165 s: 2+0-0");
    assertThat(cluster.pools().getFirst().replicaNanos())
        .isEqualTo((200 + 100 + (200 - 105)) * SECOND);
  }

  @Test
  void starting_isGivenUp_whereItIsWantedNoMore() {
    Cluster cluster = slow(autoscaling(1, 3, 1, 0));
    for (int i = 0; i < 3; i++) {
      cluster.submit(SECOND, alone(i, 4, 120));
    }
    cluster.advance(20 * SECOND);
    cluster.cancel(20 * SECOND, 1);
    cluster.advance(40 * SECOND);
    cluster.submit(40 * SECOND, alone(3, 4, 120));
    // The one that began to start at 15 s and was given up does not come at 75 s.
    assertThat(timeline(cluster, 40, 120))
        .containsExactly("40 s: 1+1-0", "45 s: 1+2-0", "75 s: 2+1-0", "105 s: 3+0-0");
  }

  @Test
  void idle_hasNothingToDo() {
    Cluster cluster = cluster(one(scaled(Routing.ROUND_ROBIN, autoscaling(2, 5, 1, 0))), log);
    cluster.advance(15 * SECOND);
    assertThat(cluster.nextNanos()).isEqualTo(Long.MAX_VALUE);
    cluster.submit(100 * SECOND, alone(1, 4, 1));
    cluster.advance(101 * SECOND);
    assertThat(cluster.nextNanos()).as("on the grid").isEqualTo(105 * SECOND);
  }
}
