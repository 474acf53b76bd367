package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every fleet, while its replicas crash and come back. */
final class FleetPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void requests_endOnceOnTheReplicaThatTookThem(long seed) {
    RandomGenerator random = new Seed(seed).derive("fleet").stream();
    Routing routing = List.of(Routing.values()).get((int) (seed % Routing.values().length));
    int replicas = random.nextInt(1, 5);
    EventLog log = new EventLog();
    EngineSettings settings = Requests.tiny(24).withStepTime(Requests.steps(900, 0.2, 300, 0));
    Fleet fleet = new Fleet(settings, replicas, routing, new Seed(seed), log);
    Set<Long> served = new HashSet<>();
    Set<Long> cancelled = new HashSet<>();
    long now = 0;
    for (long id = 0; id < 120; id++) {
      now += random.nextInt(2000);
      fleet.advance(now);
      Engine replica = fleet.replica(random.nextInt(replicas));
      switch (random.nextInt(8)) {
        case 0 -> replica.crash(now);
        case 1, 2 -> replica.restart(now);
        case 3 -> {
          long victim = random.nextLong(id + 1);
          if (fleet.cancel(now, victim)) {
            cancelled.add(victim);
          }
        }
        default -> {
          EngineRequest request =
              Requests.sharing(
                  id, random.nextInt(1, 40), random.nextInt(1, 12), 4, random.nextInt(3), 30);
          boolean anyUp = anyUp(fleet);
          Admission admission = fleet.submit(now, request);
          assertThat(admission).isEqualTo(anyUp ? Admission.ACCEPTED : Admission.DOWN);
          assertThat(fleet.replicaOf(id) >= 0).isEqualTo(anyUp);
          if (anyUp) {
            served.add(id);
          }
        }
      }
    }
    fleet.advance(Long.MAX_VALUE);
    assertThat(fleet.nextNanos()).isEqualTo(Long.MAX_VALUE);
    Set<Long> ended = new HashSet<>(log.finishedNanos.keySet());
    ended.addAll(log.failed);
    ended.addAll(cancelled);
    assertThat(ended).isEqualTo(served);
    assertThat(log.finishedNanos.size() + log.failed.size() + cancelled.size())
        .isEqualTo(served.size());
    assertThat(served).allMatch(id -> fleet.replicaOf(id) == -1);
    long accepted = 0;
    for (int i = 0; i < replicas; i++) {
      EngineState state = fleet.replica(i).state();
      accepted += state.submitted() - state.rejected();
      assertThat(state.usedBlocks()).isZero();
    }
    assertThat(accepted).isEqualTo(served.size());
  }

  private static boolean anyUp(Fleet fleet) {
    for (int i = 0; i < fleet.size(); i++) {
      if (!fleet.replica(i).state().down()) {
        return true;
      }
    }
    return false;
  }
}
