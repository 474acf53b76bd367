package dev.candor.engine.cluster;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts, drains, crashes and restarts replicas. <b>For one thread.</b> */
final class Lifecycle {
  private final Agenda agenda;
  private final Consumer<Replica> touched;
  private final Consumer<Replica> crashed;

  /**
   * @param touched is told of replicas whose engine may have another next instant
   * @param crashed is told of those that have lost all that they had
   */
  Lifecycle(Agenda agenda, Consumer<Replica> touched, Consumer<Replica> crashed) {
    this.agenda = agenda;
    this.touched = touched;
    this.crashed = crashed;
  }

  /**
   * Has one replica more, from {@code startupNanos} on, with a cold cache. One that still drains is
   * taken back at once instead.
   */
  void start(Pool pool, long startupNanos) {
    Replica draining = last(pool, ReplicaState.DRAINING);
    if (draining != null) {
      pool.enter(draining, ReplicaState.UP);
      return;
    }
    for (Replica replica : pool.replicas) {
      if (replica.state() == ReplicaState.STOPPED) {
        pool.enter(replica, ReplicaState.STARTING);
        long start = replica.started;
        agenda.after(
            agenda.nowNanos(),
            startupNanos,
            () -> {
              // It may have been given up, and started again since.
              if (replica.state() == ReplicaState.STARTING && replica.started == start) {
                up(replica);
              }
            });
        return;
      }
    }
  }

  /** Lets a replica take requests, with a cold cache. */
  void up(Replica replica) {
    if (replica.exists()) {
      replica.engine().crash(agenda.nowNanos());
      replica.engine().restart(agenda.nowNanos());
      touched.accept(replica);
    }
    replica.pool.enter(replica, ReplicaState.UP);
  }

  /**
   * Gives one replica up: one that starts before one that is up, and the last started first, as
   * Kubernetes does.
   */
  void drain(Pool pool) {
    Replica starting = last(pool, ReplicaState.STARTING);
    Replica up = last(pool, ReplicaState.UP);
    if (starting != null) {
      pool.enter(starting, ReplicaState.STOPPED);
    } else if (up != null) {
      pool.enter(up, ReplicaState.DRAINING);
    }
  }

  /** Fails all that it has; back after {@code forNanos}, unless that is for ever. */
  void crash(Replica replica, long forNanos) {
    if (replica.state() != ReplicaState.UP && replica.state() != ReplicaState.DRAINING) {
      return;
    }
    boolean wanted = replica.state() == ReplicaState.UP;
    boolean gone = forNanos == Disturbance.FOR_EVER;
    boolean replaced = replica.pool.settings.autoscaling() != null;
    boolean stopped = !wanted || (gone && replaced);
    replica.pool.enter(replica, stopped ? ReplicaState.STOPPED : ReplicaState.DOWN);
    replica.engine().crash(agenda.nowNanos());
    crashed.accept(replica);
    if (gone) {
      replica.giveUp(agenda.nowNanos());
    } else if (!stopped) {
      agenda.after(agenda.nowNanos(), forNanos, () -> comeBack(replica));
    }
  }

  private void comeBack(Replica replica) {
    if (replica.state() == ReplicaState.DOWN) {
      up(replica);
    }
  }

  /** Takes over what was done to a replica's engine from outside. */
  void reconcile(Replica replica) {
    boolean down = replica.exists() && replica.engine().isDown();
    boolean running =
        replica.state() == ReplicaState.UP || replica.state() == ReplicaState.DRAINING;
    if (down && running) {
      replica.pool.enter(replica, ReplicaState.DOWN);
      crashed.accept(replica);
    } else if (!down && replica.state() == ReplicaState.DOWN) {
      replica.pool.enter(replica, ReplicaState.UP);
    }
    touched.accept(replica);
  }

  /** The last started one in that state. */
  private static @Nullable Replica last(Pool pool, ReplicaState state) {
    Replica last = null;
    for (Replica replica : pool.replicas) {
      if (replica.state() == state && (last == null || replica.started >= last.started)) {
        last = replica;
      }
    }
    return last;
  }
}
