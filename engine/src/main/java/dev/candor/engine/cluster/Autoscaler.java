package dev.candor.engine.cluster;

import java.util.ArrayDeque;

/** Starts and drains replicas of a pool. <b>For one thread.</b> */
final class Autoscaler {
  /*
   * It looks at its pool at fixed instants. While the pool is at its least and empty it does not,
   * as nothing would come of it, so that an idle cluster has nothing to do.
   */
  private final Autoscaling settings;
  private final Pool pool;
  private final Lifecycle lifecycle;
  private final Agenda agenda;
  private final long startNanos;

  /** What lately was wanted, and when: falling, as what is below a later one is of no use. */
  private final ArrayDeque<Wish> wishes = new ArrayDeque<>();

  private boolean asleep = true;

  /** Evaluations count from now. */
  Autoscaler(Autoscaling settings, Pool pool, Lifecycle lifecycle, Agenda agenda) {
    this.settings = settings;
    this.pool = pool;
    this.lifecycle = lifecycle;
    this.agenda = agenda;
    startNanos = agenda.nowNanos();
    wishes.add(new Wish(startNanos, pool.settings.replicas()));
    wake();
  }

  /** Says that its pool has something to do. */
  void wake() {
    if (asleep) {
      asleep = false;
      long passed = (agenda.nowNanos() - startNanos) / settings.everyNanos() + 1;
      agenda.after(startNanos, passed * settings.everyNanos(), this::evaluate);
    }
  }

  private void evaluate() {
    long now = agenda.nowNanos();
    int wanted = settings.wanted(pool.inFlight());
    int there =
        pool.in(ReplicaState.UP) + pool.in(ReplicaState.STARTING) + pool.in(ReplicaState.DOWN);
    int lately = latelyWanted(new Wish(now, wanted));
    if (wanted > there) {
      for (int i = 0; i < Math.min(wanted - there, settings.step()); i++) {
        lifecycle.start(pool, settings.startupNanos());
      }
    } else {
      for (int i = lately; i < there; i++) {
        lifecycle.drain(pool);
      }
    }
    if (pool.inFlight() == 0 && pool.in(ReplicaState.UP) == settings.min() && !changing()) {
      asleep = true;
    } else {
      agenda.after(now, settings.everyNanos(), this::evaluate);
    }
  }

  private boolean changing() {
    return pool.in(ReplicaState.STARTING)
            + pool.in(ReplicaState.DRAINING)
            + pool.in(ReplicaState.DOWN)
        > 0;
  }

  /** The most that was wanted within the cooldown, now included. */
  private int latelyWanted(Wish wish) {
    while (!wishes.isEmpty() && wishes.getLast().replicas <= wish.replicas) {
      wishes.removeLast();
    }
    wishes.addLast(wish);
    while (wishes.getFirst().nanos < wish.nanos
        && wishes.getFirst().nanos <= wish.nanos - settings.cooldownNanos()) {
      wishes.removeFirst();
    }
    return wishes.getFirst().replicas;
  }

  private record Wish(long nanos, int replicas) {}
}
