package dev.candor.engine.cluster;

import static dev.candor.engine.cluster.Clusters.MILLI;
import static dev.candor.engine.cluster.Clusters.SECOND;
import static dev.candor.engine.cluster.Clusters.alone;
import static dev.candor.engine.cluster.Clusters.cluster;
import static dev.candor.engine.cluster.Clusters.disaggregated;
import static dev.candor.engine.cluster.Clusters.drain;
import static dev.candor.engine.cluster.Clusters.one;
import static dev.candor.engine.cluster.Clusters.pool;
import static dev.candor.engine.cluster.Clusters.sharing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.engine.Admission;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Routing;
import dev.candor.engine.Telling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A token's KV is 1,000 bytes, a step 1 ms. */
final class DisaggregationTest {
  /** 20 tokens are on the link for 2 ms. */
  private static final KvTransfer SLOW = new KvTransfer(10e6, MILLI / 2);

  private final ClusterLog log = new ClusterLog();

  private Cluster pair(
      int prefills, int decodes, KvTransfer transfer, Disturbance... disturbances) {
    return cluster(
        disaggregated(
            pool("pre", prefills, Routing.LEAST_LOADED),
            pool("dec", decodes, Routing.LEAST_LOADED),
            transfer,
            disturbances),
        log);
  }

  @Test
  void answer_comesFromTheDecodeReplica_afterPrefillAndTransfer() {
    Cluster cluster = pair(1, 1, SLOW);
    cluster.submit(0, alone(1, 20, 3));
    assertThat(cluster.replicaOf(1)).isZero();
    cluster.advance(3 * MILLI);
    assertThat(cluster.replicaOf(1)).as("while its KV moves").isZero();
    assertThat(cluster.transfers()).isEqualTo(new TransferState(1, 0, 20_000, 0, 1));
    cluster.advance(4 * MILLI);
    assertThat(cluster.replicaOf(1)).isEqualTo(1);
    drain(cluster);
    // A step of prefill, 2 ms on the link, 0.5 ms of latency, and a step a token.
    assertThat(log.lines)
        .containsExactly(
            "0 scheduled r1 cached 0",
            "4500000 token r1 0",
            "5500000 token r1 1",
            "6500000 token r1 2",
            "6500000 finished r1");
    assertThat(cluster.transfers()).isEqualTo(new TransferState(1, 1, 20_000, 0, 0));
    assertThat(cluster.pools()).extracting(PoolState::inFlight).containsExactly(0, 0);
    assertThat(cluster.replica(0).state().promptTokens()).isEqualTo(20);
    assertThat(cluster.replica(1).state().generationTokens()).isEqualTo(3);
  }

  @Test
  void transfers_ofOneReplicaGoOneAfterTheOther_thoseOfOthersBesideThem() {
    Cluster cluster = pair(2, 2, SLOW);
    for (int i = 0; i < 4; i++) {
      cluster.submit(0, alone(i, 20, 1));
    }
    cluster.advance(2 * MILLI);
    assertThat(cluster.transfers()).isEqualTo(new TransferState(2, 0, 40_000, 2, 2));
    drain(cluster);
    // The second of each replica has the link after 2 ms; the latency is no time on the link.
    assertThat(List.of(log.firstTokenNanos(0), log.firstTokenNanos(1)))
        .containsOnly(4 * MILLI + MILLI / 2);
    assertThat(List.of(log.firstTokenNanos(2), log.firstTokenNanos(3)))
        .containsOnly(6 * MILLI + MILLI / 2);
  }

  @Test
  void transfer_leavesOutWhatTheDecodeReplicaHas() {
    Cluster cluster = pair(1, 1, SLOW);
    cluster.submit(0, sharing(1, 20, 1, 7, 16));
    cluster.submit(SECOND, sharing(2, 20, 1, 7, 16));
    drain(cluster);
    assertThat(cluster.transfers().bytes()).isEqualTo(20_000 + 4_000);
    assertThat(log.cachedTokens).as("at prefill").containsEntry(1L, 0).containsEntry(2L, 16);
    assertThat(log.firstTokenNanos(2)).isEqualTo(SECOND + MILLI + 400_000 + MILLI / 2 + MILLI);
  }

  /** A step with a prompt of 64 tokens takes 5 ms, any other 1 ms. */
  @Test
  void longPrompts_disturbAnswers_onlyWhereTheyAreComputedInOnePlace() {
    EngineSettings settings = Clusters.tinyWithPrefill();
    ClusterLog unified = new ClusterLog();
    Cluster whole =
        cluster(one(new PoolSettings("p", settings, 1, Routing.ROUND_ROBIN, 1000, null)), unified);
    PoolSettings pre = new PoolSettings("pre", settings, 1, Routing.ROUND_ROBIN, 1000, null);
    PoolSettings dec = new PoolSettings("dec", settings, 1, Routing.ROUND_ROBIN, 1000, null);
    Cluster apart = cluster(disaggregated(pre, dec, new KvTransfer(64e6, 0)), log);
    for (Cluster cluster : List.of(whole, apart)) {
      cluster.submit(0, alone(1, 16, 60));
      for (long i = 2; i < 5; i++) {
        cluster.submit(10 * i * MILLI, alone(i, 64, 2));
      }
      drain(cluster);
    }
    assertThat(longestGap(unified.tokensOf(1))).isGreaterThan(4 * MILLI);
    // One token of a prompt, not 64, is all that decode has to compute: 1/16 ms.
    assertThat(longestGap(log.tokensOf(1))).isLessThan(MILLI + MILLI / 10);
    // Prefill 1 + 4 ms, 1 ms of transfer, and up to a step until the next begins.
    assertThat(log.firstTokenNanos(2) - 20 * MILLI).isBetween(7 * MILLI, 8 * MILLI + MILLI / 5);
    assertThat(unified.firstTokenNanos(2) - 20 * MILLI).isBetween(5 * MILLI, 7 * MILLI);
  }

  private static long longestGap(List<Long> tokens) {
    long longest = 0;
    for (int i = 1; i < tokens.size(); i++) {
      longest = Math.max(longest, tokens.get(i) - tokens.get(i - 1));
    }
    return longest;
  }

  @Test
  void cancel_atEveryStage_leavesNothingBehind() {
    Cluster cluster = pair(1, 1, SLOW);
    for (int i = 0; i < 4; i++) {
      cluster.submit(0, alone(i, 20, 5));
    }
    // 3 is in its prefill; then 0 is on the link, 1 and 2 wait for it.
    assertThat(cluster.cancel(MILLI / 2, 3)).isTrue();
    assertThat(cluster.cancel(2 * MILLI, 0)).isTrue();
    assertThat(cluster.cancel(2 * MILLI, 1)).isTrue();
    assertThat(cluster.cancel(2 * MILLI, 1)).isFalse();
    assertThat(cluster.transfers().waiting()).isEqualTo(1);
    cluster.advance(6 * MILLI);
    assertThat(cluster.replicaOf(2)).isEqualTo(1);
    assertThat(cluster.cancel(7 * MILLI, 2)).isTrue();
    drain(cluster);
    // The link is free of 0 at 3 ms, so that 2 is there at 5.5 ms.
    assertThat(log.tokensOf(2)).containsExactly(6 * MILLI + MILLI / 2);
    assertThat(log.tokenNanos).containsOnlyKeys(2L);
    assertThat(log.finishedNanos).isEmpty();
    assertThat(log.failed).isEmpty();
    assertThat(cluster.pools()).extracting(PoolState::inFlight).containsExactly(0, 0);
    assertThat(cluster.transfers()).isEqualTo(new TransferState(2, 1, 40_000, 0, 0));
  }

  @Test
  void crash_ofThePrefillReplica_failsWhatHasNotLeftIt() {
    Cluster cluster = pair(1, 1, SLOW, new Disturbance.Crash(0, 0, 4 * MILLI, SECOND));
    for (int i = 0; i < 3; i++) {
      cluster.submit(0, alone(i, 20, 9));
    }
    cluster.submit(4 * MILLI - 1, alone(3, 20, 9));
    drain(cluster);
    // 0 has come at 3.5 ms; 1 is on the link, 2 waits for it, 3 is in its prefill.
    assertThat(log.failed).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(log.finishedNanos).containsOnlyKeys(0L);
    cluster.submit(2 * SECOND, alone(4, 20, 1));
    drain(cluster);
    assertThat(log.firstTokenNanos(4)).isEqualTo(2 * SECOND + 4 * MILLI + MILLI / 2);
    assertThat(cluster.pools()).extracting(PoolState::inFlight).containsExactly(0, 0);
  }

  @Test
  void crash_ofTheDecodeReplica_failsWhatIsThereOrOnItsWay() {
    Cluster cluster = pair(1, 1, SLOW, new Disturbance.Crash(1, 0, 4 * MILLI, 4 * MILLI));
    for (int i = 0; i < 4; i++) {
      cluster.submit(0, alone(i, 20, 9));
    }
    drain(cluster);
    // 0 is there, 1 on the link; 2 gets the link at 5 ms, when nobody is up, as does 3.
    assertThat(log.failed).containsExactly(0L, 1L, 2L, 3L);
    assertThat(log.lines).contains("5000000 failed r3");
    cluster.submit(9 * MILLI, alone(5, 20, 1));
    drain(cluster);
    assertThat(log.finishedNanos).containsOnlyKeys(5L);
    assertThat(cluster.transfers().waiting()).isZero();
    assertThat(cluster.transfers().moving()).isZero();
  }

  @Test
  void tooLong_forTheDecodePool_isSaidAtOnce() {
    EngineSettings small = Clusters.tiny().withLimits(Clusters.tiny().limits().withMaxModelLen(30));
    Cluster cluster =
        cluster(
            disaggregated(
                pool("pre", 1, Routing.ROUND_ROBIN),
                new PoolSettings("dec", small, 1, Routing.ROUND_ROBIN, 1000, null),
                KvTransfer.NONE),
            log);
    assertThat(cluster.submit(0, alone(1, 20, 11))).isEqualTo(Admission.TOO_LONG);
    assertThat(cluster.submit(0, alone(2, 20, 10))).isEqualTo(Admission.ACCEPTED);
  }

  @Test
  void drainingPrefill_waitsForItsTransfers() {
    Autoscaling scaling = new Autoscaling(1, 2, 1, 15 * SECOND, 0, 0, 4);
    PoolSettings pre =
        new PoolSettings("pre", Clusters.tiny(), 2, Routing.ROUND_ROBIN, 1_000_000, scaling);
    PoolSettings dec =
        new PoolSettings("dec", Clusters.tiny(), 1, Routing.ROUND_ROBIN, 1_000_000, null);
    // 20 tokens are on the link for 20 s.
    Cluster cluster = cluster(disaggregated(pre, dec, new KvTransfer(1e6, 0)), log);
    cluster.submit(SECOND, alone(1, 20, 1));
    cluster.submit(SECOND, alone(2, 20, 1));
    cluster.advance(16 * SECOND);
    assertThat(cluster.pools().getFirst().draining()).isEqualTo(1);
    cluster.advance(22 * SECOND);
    assertThat(cluster.pools().getFirst().draining()).isZero();
    assertThat(log.finishedNanos).containsOnlyKeys(1L, 2L);
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void requests_endOnce_whateverHappens_andTheSameHoweverTokensAreTold(long seed) {
    ClusterLog each = chaos(seed, Telling.EACH);
    ClusterLog together = chaos(seed, Telling.TOGETHER);
    assertThat(chaos(seed, Telling.TOGETHER).lines).isEqualTo(together.lines);
    assertThat(together.tokenNanos).isEqualTo(each.tokenNanos);
    assertThat(together.finishedNanos).isEqualTo(each.finishedNanos);
    assertThat(together.cachedTokens).isEqualTo(each.cachedTokens);
    assertThat(together.failed).containsExactlyInAnyOrderElementsOf(each.failed);
  }

  /** Many requests through two models, with replicas that crash, slow down, come and go. */
  private static ClusterLog chaos(long seed, Telling telling) {
    ClusterLog log = new ClusterLog();
    RandomGenerator random = new Seed(seed).derive("chaos").stream();
    Autoscaling scaling = new Autoscaling(1, 3, 3, 20 * MILLI, 30 * MILLI, 40 * MILLI, 1);
    List<Routing> routings = List.of(Routing.values());
    Disturbance[] disturbances = new Disturbance[6];
    for (int i = 0; i < disturbances.length; i++) {
      int pool = random.nextInt(3);
      long at = random.nextLong(150 * MILLI);
      long lasts = random.nextBoolean() ? Disturbance.FOR_EVER : 1 + random.nextLong(40 * MILLI);
      disturbances[i] =
          i % 3 == 0
              ? new Disturbance.Slowdown(pool, 0, at, lasts, 0.5 + 3 * random.nextDouble())
              : new Disturbance.Crash(pool, random.nextInt(2), at, lasts);
    }
    PoolSettings pre =
        new PoolSettings(
            "pre", Clusters.tinyWithPrefill(), 2, routings.get((int) (seed % 4)), 1000, scaling);
    PoolSettings dec =
        new PoolSettings(
            "dec", Clusters.tiny(), 2, routings.get((int) (seed / 4 % 4)), 1000, scaling);
    PoolSettings both =
        new PoolSettings("both", Clusters.tiny(), 2, Routing.LEAST_LOADED, 1000, null);
    Cluster cluster =
        new Cluster(
            new ClusterSettings(
                List.of(pre, dec, both),
                List.of(new Route(0, 1), Route.to(2)),
                new KvTransfer(5e6, 300_000),
                List.of(disturbances)),
            new Seed(seed),
            telling,
            0,
            log);
    Set<Long> accepted = new HashSet<>();
    Set<Long> cancelled = new HashSet<>();
    long now = 0;
    for (long id = 0; id < 150; id++) {
      now += random.nextLong(2 * MILLI);
      EngineRequest plain =
          sharing(id, random.nextInt(1, 60), random.nextInt(1, 20), random.nextInt(3), 40);
      EngineRequest request =
          new EngineRequest(
              id,
              plain.promptTokens(),
              plain.outputTokens(),
              plain.blockHashes(),
              random.nextInt(9),
              random.nextInt(2),
              0,
              EngineRequest.NONE);
      if (cluster.submit(now, request) == Admission.ACCEPTED) {
        accepted.add(id);
      }
      long victim = random.nextLong(id + 1);
      if (random.nextInt(5) == 0 && cluster.cancel(now, victim)) {
        cancelled.add(victim);
      }
    }
    drain(cluster);
    Set<Long> ended = new HashSet<>(log.finishedNanos.keySet());
    ended.addAll(log.failed);
    ended.addAll(cancelled);
    assertThat(ended).isEqualTo(accepted);
    assertThat(log.finishedNanos.size() + log.failed.size() + cancelled.size())
        .isEqualTo(accepted.size());
    assertThat(log.finishedNanos).hasSizeGreaterThan(20);
    assertThat(cluster.pools()).extracting(PoolState::inFlight).containsOnly(0);
    assertThat(cluster.pools()).extracting(PoolState::draining).containsOnly(0);
    assertThat(cluster.transfers().waiting() + cluster.transfers().moving()).isZero();
    return log;
  }
}
