package dev.candor.engine;

import static dev.candor.engine.Requests.MILLI;
import static dev.candor.engine.Requests.alone;
import static dev.candor.engine.Requests.sharing;
import static dev.candor.engine.Requests.steps;
import static dev.candor.engine.Requests.tiny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FleetTest {
  private final EventLog log = new EventLog();

  private Fleet fleet(int replicas, Routing routing) {
    return new Fleet(tiny(), replicas, routing, new Seed(1), log);
  }

  @Test
  void roundRobin_takesEachInTurnAndSkipsOneThatIsDown() {
    Fleet fleet = fleet(3, Routing.ROUND_ROBIN);
    fleet.replica(1).crash(0);
    for (int i = 0; i < 4; i++) {
      assertThat(fleet.submit(0, alone(i, 4, 9))).isEqualTo(Admission.ACCEPTED);
    }
    assertThat(replicas(fleet, 4)).containsExactly(0, 2, 0, 2);
    fleet.replica(1).restart(0);
    fleet.submit(0, alone(4, 4, 9));
    fleet.submit(0, alone(5, 4, 9));
    assertThat(fleet.replicaOf(5)).isEqualTo(1);
  }

  @Test
  void leastLoaded_takesTheEmptiest() {
    Fleet fleet = fleet(3, Routing.LEAST_LOADED);
    for (int i = 0; i < 6; i++) {
      fleet.submit(0, alone(i, 4, i % 3 == 1 ? 1 : 9));
    }
    assertThat(replicas(fleet, 6)).containsExactly(0, 1, 2, 0, 1, 2);
    // Those of replica 1 are done.
    fleet.advance(3 * MILLI);
    fleet.submit(3 * MILLI, alone(6, 4, 9));
    assertThat(fleet.replicaOf(6)).isEqualTo(1);
    assertThat(fleet.replicaOf(1)).isEqualTo(-1);
  }

  @Test
  void prefixAware_goesWhereThePrefixIs() {
    Fleet fleet = fleet(3, Routing.PREFIX_AWARE);
    fleet.submit(0, sharing(0, 9, 1, 4, 7, 8));
    fleet.submit(0, sharing(1, 13, 1, 4, 8, 12));
    fleet.advance(10 * MILLI);
    fleet.submit(10 * MILLI, sharing(2, 13, 9, 4, 8, 12));
    fleet.submit(10 * MILLI, sharing(3, 9, 9, 4, 7, 8));
    fleet.submit(10 * MILLI, sharing(4, 9, 9, 4, 9, 8));
    assertThat(fleet.replicaOf(2)).isEqualTo(1);
    assertThat(fleet.replicaOf(3)).isZero();
    assertThat(fleet.replicaOf(4)).isEqualTo(2);
    assertThat(log.cachedTokens).containsEntry(2L, 12).containsEntry(3L, 8);
  }

  @Test
  void prefixAware_leavesAReplicaThatIsFarMoreLoaded() {
    Fleet fleet = fleet(2, Routing.PREFIX_AWARE);
    fleet.submit(0, sharing(0, 9, 1, 4, 7, 8));
    fleet.advance(MILLI);
    for (int i = 1; i <= 10; i++) {
      fleet.submit(MILLI, sharing(i, 9, 9, 4, 7, 8));
    }
    // Nine hold on to the prefix; with 9 above twice 0 and 8, the tenth does not.
    assertThat(replicas(fleet, 10)).containsExactly(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(fleet.replicaOf(10)).isEqualTo(1);
  }

  @Test
  void sessionSticky_keepsASessionOnOneReplicaUntilItIsDown() {
    Fleet fleet = fleet(3, Routing.SESSION_STICKY);
    for (int i = 0; i < 12; i++) {
      fleet.submit(0, ofSession(i, i % 4));
    }
    for (int i = 4; i < 12; i++) {
      assertThat(fleet.replicaOf(i)).as("request %d", i).isEqualTo(fleet.replicaOf(i - 4));
    }
    assertThat(Stream.of(0L, 1L, 2L, 3L).map(fleet::replicaOf).distinct().count()).isGreaterThan(1);
    int home = fleet.replicaOf(0);
    fleet.replica(home).crash(0);
    fleet.submit(0, ofSession(12, 0));
    assertThat(fleet.replicaOf(12)).isEqualTo((home + 1) % 3);
    fleet.replica(home).restart(0);
    fleet.submit(0, ofSession(13, 0));
    assertThat(fleet.replicaOf(13)).isEqualTo(home);
  }

  @Test
  void sessionSticky_withoutASession_takesEachInTurn() {
    Fleet fleet = fleet(3, Routing.SESSION_STICKY);
    for (int i = 0; i < 4; i++) {
      fleet.submit(0, ofSession(10 + i, i));
      fleet.submit(0, alone(i, 4, 9));
    }
    assertThat(replicas(fleet, 4)).containsExactly(0, 1, 2, 0);
  }

  private static EngineRequest ofSession(long id, long session) {
    return new EngineRequest(id, 4, 9, new long[0], session, 0, 0, EngineRequest.NONE);
  }

  @Test
  void submit_withAllDown_saysSo() {
    Fleet fleet = fleet(2, Routing.LEAST_LOADED);
    fleet.submit(0, alone(1, 4, 9));
    fleet.replica(0).crash(1);
    fleet.replica(1).crash(1);
    assertThat(log.failed).containsExactly(1L);
    assertThat(fleet.submit(2, alone(2, 4, 9))).isEqualTo(Admission.DOWN);
    assertThat(fleet.replicaOf(1)).isEqualTo(-1);
    assertThat(fleet.replicaOf(2)).isEqualTo(-1);
    assertThat(fleet.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void advance_tellsInOrderOfTimeOverAllReplicas() {
    EngineSettings settings = tiny().withStepTime(steps(MILLI, 0.5, 0, 0));
    Fleet fleet = new Fleet(settings, 4, Routing.ROUND_ROBIN, new Seed(3), log);
    for (int i = 0; i < 12; i++) {
      fleet.submit(i * 100L, alone(i, 4, 20));
    }
    fleet.advance(Long.MAX_VALUE);
    assertThat(log.lines.stream().mapToLong(line -> Long.parseLong(line.split(" ")[0])).boxed())
        .isSorted();
    assertThat(log.finishedNanos).hasSize(12);
    assertThat(log.tokensOf(0)).as("each has jitter of its own").isNotEqualTo(log.tokensOf(1));
  }

  @Test
  void cancel_findsTheReplica() {
    Fleet fleet = fleet(2, Routing.ROUND_ROBIN);
    fleet.submit(0, alone(0, 4, 9));
    fleet.submit(0, alone(1, 4, 9));
    assertThat(fleet.cancel(1, 1)).isTrue();
    assertThat(fleet.cancel(1, 1)).isFalse();
    assertThat(fleet.replica(1).state().cancelled()).isEqualTo(1);
    assertThat(fleet.size()).isEqualTo(2);
  }

  @Test
  void submit_ofAnIdThatIsHere_isAMistakeOfTheCaller() {
    Fleet fleet = fleet(2, Routing.ROUND_ROBIN);
    fleet.submit(0, alone(1, 4, 9));
    assertThatIllegalArgumentException().isThrownBy(() -> fleet.submit(0, alone(1, 4, 9)));
    assertThat(fleet.replicaOf(1)).isZero();
    EngineRequest wrong = new EngineRequest(2, 4, 3, new long[2]);
    assertThatIllegalArgumentException().isThrownBy(() -> fleet.submit(0, wrong));
    assertThat(fleet.replicaOf(2)).isEqualTo(-1);
  }

  @Test
  void fleet_ofNone_isRefused() {
    assertThatThrownBy(() -> fleet(0, Routing.ROUND_ROBIN))
        .isInstanceOf(CandorException.class)
        .hasMessage("replicas is 0, must be at least 1");
  }

  private static int[] replicas(Fleet fleet, int requests) {
    int[] replicas = new int[requests];
    for (int i = 0; i < requests; i++) {
      replicas[i] = fleet.replicaOf(i);
    }
    return replicas;
  }
}
