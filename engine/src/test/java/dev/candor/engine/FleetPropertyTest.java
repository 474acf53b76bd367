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

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void runAhead_givesTheSameEventsOnTheSameReplicas(long seed) {
    RandomGenerator random = new Seed(seed).derive("fleets").stream();
    Routing routing = List.of(Routing.values()).get((int) (seed % Routing.values().length));
    int replicas = random.nextInt(1, 8);
    EventLog logByStep = new EventLog();
    EventLog logAhead = new EventLog();
    EngineSettings settings =
        Requests.tiny(40).withStepTime(Requests.steps(300, 0.2, random.nextInt(2) * 300L, 7));
    Fleet byStep = new Fleet(settings, replicas, routing, new Seed(seed), Telling.EACH, logByStep);
    Fleet ahead =
        new Fleet(settings, replicas, routing, new Seed(seed), Telling.TOGETHER, logAhead);
    List<Fleet> both = List.of(byStep, ahead);
    long now = 0;
    for (long id = 0; id < 150; id++) {
      now += random.nextInt(3000);
      for (long due = ahead.nextNanos(); due <= now; due = ahead.nextNanos()) {
        ahead.advance(due);
      }
      int which = random.nextInt(replicas);
      long until = now;
      both.forEach(fleet -> fleet.advance(until));
      switch (random.nextInt(10)) {
        case 0 -> both.forEach(fleet -> fleet.replica(which).crash(until));
        case 1, 2 -> both.forEach(fleet -> fleet.replica(which).restart(until));
        case 3 -> {
          long victim = random.nextLong(id + 1);
          assertThat(ahead.cancel(now, victim)).isEqualTo(byStep.cancel(now, victim));
        }
        case 4 -> both.forEach(fleet -> fleet.replica(which).slowdown(1 + which));
        default -> {
          EngineRequest request =
              Requests.sharing(
                  id, random.nextInt(1, 40), random.nextInt(1, 60), 4, random.nextInt(3), 30);
          assertThat(ahead.submit(now, request)).isEqualTo(byStep.submit(now, request));
          assertThat(ahead.replicaOf(id)).isEqualTo(byStep.replicaOf(id));
        }
      }
      for (int i = 0; i < replicas; i++) {
        assertThat(ahead.replica(i).state()).isEqualTo(byStep.replica(i).state());
      }
    }
    both.forEach(fleet -> fleet.advance(Long.MAX_VALUE));
    assertThat(logAhead.tokenNanos).isEqualTo(logByStep.tokenNanos);
    assertThat(logAhead.scheduledNanos).isEqualTo(logByStep.scheduledNanos);
    assertThat(logAhead.finishedNanos).isEqualTo(logByStep.finishedNanos);
    assertThat(logAhead.cachedTokens).isEqualTo(logByStep.cachedTokens);
    // In order of time over all replicas.
    assertThat(logAhead.failed).isEqualTo(logByStep.failed);
    assertThat(logAhead.preempted).isEqualTo(logByStep.preempted);
    assertThat(logAhead.scheduledNanos.values()).isNotEmpty();
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
