package dev.candor.engine.cluster;

import static dev.candor.engine.cluster.Clusters.MILLI;
import static dev.candor.engine.cluster.Clusters.SECOND;
import static dev.candor.engine.cluster.Clusters.alone;
import static dev.candor.engine.cluster.Clusters.cluster;
import static dev.candor.engine.cluster.Clusters.drain;
import static dev.candor.engine.cluster.Clusters.ofModel;
import static dev.candor.engine.cluster.Clusters.ofSession;
import static dev.candor.engine.cluster.Clusters.one;
import static dev.candor.engine.cluster.Clusters.pool;
import static dev.candor.engine.cluster.Clusters.sharing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.candor.base.random.Seed;
import dev.candor.engine.Admission;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Fleet;
import dev.candor.engine.Routing;
import dev.candor.engine.StepTime;
import dev.candor.engine.Telling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ClusterRoutingTest {
  private final ClusterLog log = new ClusterLog();

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  /** The fleet asks every replica about every request, and is the oracle. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void onePool_isAFleet_eventByEvent(long seed) {
    RandomGenerator random = new Seed(seed).derive("cluster").stream();
    Routing routing = List.of(Routing.values()).get((int) (seed % Routing.values().length));
    int replicas = random.nextInt(1, 9);
    EngineSettings settings =
        Clusters.tiny()
            .withKvCache(Clusters.tiny().kvCache().withBlocks(40))
            .withStepTime(new StepTime(0, 900_000, 0, 0, 0, 0, 0.2, 300_000, 70_000));
    Telling telling = seed % 3 == 0 ? Telling.TOGETHER : Telling.EACH;
    ClusterLog fleetLog = new ClusterLog();
    Fleet fleet = new Fleet(settings, replicas, routing, new Seed(seed), telling, fleetLog);
    PoolSettings pool = new PoolSettings("p", settings, replicas, routing, 0, null);
    Cluster cluster = new Cluster(one(pool), new Seed(seed), telling, 0, log);
    long now = 0;
    for (long id = 0; id < 150; id++) {
      now += random.nextInt(1_500_000);
      if (random.nextInt(8) == 0) {
        long victim = random.nextLong(id + 1);
        assertThat(cluster.cancel(now, victim)).isEqualTo(fleet.cancel(now, victim));
      }
      EngineRequest request = request(id, random);
      assertThat(cluster.submit(now, request)).isEqualTo(fleet.submit(now, request));
      assertThat(cluster.replicaOf(id)).as("of request %d", id).isEqualTo(fleet.replicaOf(id));
      assertThat(cluster.nextNanos()).isEqualTo(fleet.nextNanos());
    }
    fleet.advance(Long.MAX_VALUE);
    cluster.advance(Long.MAX_VALUE);
    assertThat(log.lines).hasSizeGreaterThan(500).isEqualTo(fleetLog.lines);
  }

  private static EngineRequest request(long id, RandomGenerator random) {
    EngineRequest plain =
        sharing(id, random.nextInt(1, 60), random.nextInt(1, 12), random.nextInt(4), 48);
    return new EngineRequest(
        id,
        plain.promptTokens(),
        plain.outputTokens(),
        plain.blockHashes(),
        random.nextInt(-1, 20),
        0,
        0,
        EngineRequest.NONE);
  }

  @Test
  void leastLoaded_levelsThousandsOfReplicas() {
    Cluster cluster = cluster(one(pool("p", 2000, Routing.LEAST_LOADED)), log);
    for (int i = 0; i < 5000; i++) {
      cluster.submit(0, alone(i, 4, 9));
    }
    int[] loads = new int[2000];
    for (int i = 0; i < 5000; i++) {
      loads[cluster.replicaOf(i)]++;
    }
    assertThat(loads).containsOnly(2, 3);
  }

  @Test
  void models_goToTheirPools() {
    ClusterSettings settings =
        new ClusterSettings(
            List.of(pool("a", 2, Routing.ROUND_ROBIN), pool("b", 3, Routing.ROUND_ROBIN)),
            List.of(Route.to(1), Route.to(0)),
            KvTransfer.NONE,
            List.of());
    Cluster cluster = cluster(settings, log);
    for (int i = 0; i < 8; i++) {
      cluster.submit(0, ofModel(i, i % 2));
    }
    assertThat(LongStream.range(0, 8).mapToInt(cluster::replicaOf))
        .containsExactly(2, 0, 3, 1, 4, 0, 2, 1);
    assertThat(cluster.poolOf(1)).isZero();
    assertThat(cluster.poolOf(2)).isEqualTo(1);
    assertThat(cluster.pools()).extracting(PoolState::name).containsExactly("a", "b");
    assertThat(cluster.pools()).extracting(PoolState::inFlight).containsExactly(4, 4);
    assertThatIllegalArgumentException().isThrownBy(() -> cluster.submit(0, ofModel(9, 2)));
  }

  @Test
  void sessions_ofAReplicaThatIsDown_spreadAndComeBack() {
    Cluster cluster =
        cluster(
            one(pool("p", 20, Routing.SESSION_STICKY), new Disturbance.Crash(0, 3, 10, 20)), log);
    int[] before = homes(cluster, 0, 0);
    int[] without = homes(cluster, 15, 1000);
    int[] after = homes(cluster, 40, 2000);
    assertThat(after).isEqualTo(before);
    List<Integer> moved =
        LongStream.range(0, 1000)
            .mapToInt(session -> (int) session)
            .filter(session -> before[session] != without[session])
            .boxed()
            .toList();
    assertThat(moved).hasSizeBetween(25, 80).allMatch(session -> before[session] == 3);
    assertThat(moved.stream().map(session -> without[session]).distinct().count())
        .as("replicas that took them over")
        .isGreaterThan(10);
  }

  private static int[] homes(Cluster cluster, long nanos, long firstId) {
    int[] homes = new int[1000];
    for (int session = 0; session < homes.length; session++) {
      cluster.submit(nanos, ofSession(firstId + session, session));
      homes[session] = cluster.replicaOf(firstId + session);
      cluster.cancel(nanos, firstId + session);
    }
    return homes;
  }

  @Test
  void prefixAware_inALargePool_findsWhoHasMore() {
    EngineSettings roomy = Clusters.tiny().withKvCache(Clusters.tiny().kvCache().withBlocks(999));
    PoolSettings pool = new PoolSettings("p", roomy, 200, Routing.PREFIX_AWARE, 0, null);
    Cluster cluster = cluster(one(pool), log);
    // All share 8 tokens; each session has more of its own.
    Set<Integer> homes = new HashSet<>();
    for (int session = 0; session < 100; session++) {
      cluster.submit(session * MILLI / 10, turn(session, session, 44));
      homes.add(cluster.replicaOf(session));
    }
    assertThat(homes).as("of many sessions").hasSizeBetween(3, 99);
    drain(cluster);
    for (int session = 0; session < 100; session++) {
      cluster.submit(SECOND + session * MILLI, turn(1000 + session, session, 48));
    }
    drain(cluster);
    for (long id = 1000; id < 1100; id++) {
      assertThat(log.cachedTokens).containsEntry(id, 44);
    }
  }

  private static EngineRequest turn(long id, long session, int promptTokens) {
    long[] hashes = new long[(promptTokens + 4) / 4];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = new Seed(i < 2 ? 1 : 100 + session).derive(i).value();
    }
    return new EngineRequest(id, promptTokens, 4, hashes);
  }

  @Test
  void submit_ofAnIdThatIsHere_isAMistakeOfTheCaller() {
    Cluster cluster = cluster(one(pool("p", 2, Routing.ROUND_ROBIN)), log);
    assertThat(cluster.submit(0, alone(1, 4, 9))).isEqualTo(Admission.ACCEPTED);
    assertThatIllegalArgumentException().isThrownBy(() -> cluster.submit(0, alone(1, 4, 9)));
    EngineRequest wrong = new EngineRequest(2, 4, 3, new long[2]);
    assertThatIllegalArgumentException().isThrownBy(() -> cluster.submit(0, wrong));
    assertThat(cluster.replicaOf(2)).isEqualTo(-1);
    assertThat(cluster.submit(0, alone(3, 127, 9))).isEqualTo(Admission.TOO_LONG);
    assertThat(cluster.pools().getFirst().inFlight()).isEqualTo(1);
  }
}
