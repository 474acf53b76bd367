package dev.candor.engine.cluster;

import dev.candor.engine.Engine;
import dev.candor.engine.EngineRequest;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A place of a pool, and the engine that runs there when one does. <b>For one thread.</b> */
final class Replica {
  /** In the cluster. */
  final int index;

  final Pool pool;

  private final Function<Replica, Engine> maker;
  private @Nullable Engine engine;
  private ReplicaState state = ReplicaState.STOPPED;
  private boolean held;
  private long heldSinceNanos;
  private long heldNanos;

  /** Requests that it computes, or whose KV is on the way to it. */
  int load;

  /** Requests whose KV has yet to leave it. */
  int leaving;

  /** Order in which it was started, for the last to be the first to go. */
  long started;

  /** Those of {@link #leaving} that wait for its link. */
  final ArrayDeque<Flight> outgoing = new ArrayDeque<>();

  /** Whose KV is on its link; null: the link is free. */
  @Nullable Flight onLink;

  Replica(int index, Pool pool, Function<Replica, Engine> maker) {
    this.index = index;
    this.pool = pool;
    this.maker = maker;
  }

  /** Made when it is first asked for, as its KV pool takes memory. */
  Engine engine() {
    Engine made = engine;
    if (made == null) {
      made = maker.apply(this);
      engine = made;
    }
    return made;
  }

  /** Leading tokens of the prompt whose KV it has at {@code nanos}. */
  int cachedTokens(long nanos, EngineRequest request) {
    // One that runs ahead has its cache as of the last time that it was heard of.
    engine().advance(nanos);
    return engine().cachedTokens(request);
  }

  long nextNanos() {
    return engine == null ? Long.MAX_VALUE : engine.nextNanos();
  }

  /** Whether it was made; one that was not has nothing to tell. */
  boolean exists() {
    return engine != null;
  }

  ReplicaState state() {
    return state;
  }

  void enter(ReplicaState next, long nanos) {
    if (next == ReplicaState.STOPPED) {
      giveUp(nanos);
    } else if (!held) {
      held = true;
      heldSinceNanos = nanos;
    }
    state = next;
  }

  /** Has its accelerators no longer. */
  void giveUp(long nanos) {
    heldNanos = heldNanos(nanos);
    held = false;
  }

  /** How long it has had its accelerators, which cost whatever it does. */
  long heldNanos(long nanos) {
    return held ? heldNanos + nanos - heldSinceNanos : heldNanos;
  }
}
