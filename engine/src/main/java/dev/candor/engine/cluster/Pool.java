package dev.candor.engine.cluster;

import dev.candor.engine.Engine;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.SchedulerLimits;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replicas that are alike, their states and loads. <b>For one thread.</b> */
final class Pool {
  final PoolSettings settings;
  final Replica[] replicas;
  private final Agenda agenda;
  private final PoolRouter router;
  private final Map<ReplicaState, Integer> inState = new EnumMap<>(ReplicaState.class);
  private @Nullable Autoscaler autoscaler;
  private long starts;

  /** Requests that its replicas have, or that are on the way to them. */
  private int inFlight;

  /**
   * @param firstIndex of its replicas, in the cluster
   */
  Pool(PoolSettings settings, int firstIndex, Agenda agenda, Function<Replica, Engine> maker) {
    this.settings = settings;
    this.agenda = agenda;
    replicas = new Replica[settings.most()];
    for (int i = 0; i < replicas.length; i++) {
      replicas[i] = new Replica(firstIndex + i, this, maker);
    }
    inState.put(ReplicaState.STOPPED, replicas.length);
    router = new PoolRouter(replicas, settings.routing(), settings.engine().kvCache().blockSize());
  }

  /** The replica for {@code request}; null where none is up. */
  @Nullable Replica pick(EngineRequest request) {
    return router.pick(agenda.nowNanos(), request);
  }

  /** Whether one of its replicas, alone, could ever hold {@code request}. */
  boolean fits(EngineRequest request) {
    SchedulerLimits limits = settings.engine().limits();
    long tokens = (long) request.promptTokens() + request.outputTokens();
    long room =
        (long) settings.engine().kvCache().blocks() * settings.engine().kvCache().blockSize();
    return tokens <= limits.maxModelLen() && tokens - 1 <= room;
  }

  void scaleBy(Autoscaler scaler) {
    autoscaler = scaler;
  }

  /** Counts a request that a replica has got, or whose KV is on the way to it. */
  void took(Replica replica) {
    inFlight++;
    replica.load++;
    router.changed(replica);
    wake();
  }

  /** Counts a request that is with a replica no longer. */
  void gave(Replica replica) {
    inFlight--;
    replica.load--;
    router.changed(replica);
    stopIfDrained(replica);
  }

  /** Counts a request whose KV is with a replica no longer. */
  void left(Replica replica) {
    replica.leaving--;
    stopIfDrained(replica);
  }

  private void stopIfDrained(Replica replica) {
    if (replica.state() == ReplicaState.DRAINING && replica.load == 0 && replica.leaving == 0) {
      enter(replica, ReplicaState.STOPPED);
    }
  }

  private void wake() {
    if (autoscaler != null) {
      autoscaler.wake();
    }
  }

  /** Says that blocks of {@code request} are in a replica's cache. */
  void holds(Replica replica, EngineRequest request) {
    router.holds(replica, request);
  }

  void enter(Replica replica, ReplicaState next) {
    inState.merge(replica.state(), -1, Integer::sum);
    inState.merge(next, 1, Integer::sum);
    if (replica.state() == ReplicaState.STOPPED) {
      replica.started = starts++;
    }
    replica.enter(next, agenda.nowNanos());
    router.changed(replica);
    stopIfDrained(replica);
    wake();
  }

  int in(ReplicaState state) {
    return inState.getOrDefault(state, 0);
  }

  int inFlight() {
    return inFlight;
  }

  /** What can be told of it. */
  PoolState state(long nanos) {
    long held = 0;
    for (Replica replica : replicas) {
      held += replica.heldNanos(nanos);
    }
    return new PoolState(
        settings.name(),
        in(ReplicaState.UP),
        in(ReplicaState.STARTING),
        in(ReplicaState.DRAINING),
        in(ReplicaState.DOWN),
        inFlight,
        held);
  }
}
