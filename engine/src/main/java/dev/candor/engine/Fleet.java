package dev.candor.engine;

import dev.candor.base.random.Seed;
import java.util.function.IntUnaryOperator;

/**
 * Replicas behind one address, each with a cache of its own, on one time. <b>Not safe for use by
 * several threads.</b>
 */
public final class Fleet implements Serving {
  private final Engine[] replicas;
  private final Router router;
  private final IdMap<Engine> replicaOf = new IdMap<>();

  /** When each replica wants to be advanced. */
  private final MinTree due;

  /** Replicas that have changed since {@link #due} and the router heard of them. */
  private final int[] changed;

  private final boolean[] isChanged;
  private int changes;
  private long now = Long.MIN_VALUE;

  /** One that tells each token at its instant. */
  public Fleet(
      EngineSettings settings, int replicas, Routing routing, Seed seed, EngineListener listener) {
    this(settings, replicas, routing, seed, Telling.EACH, listener);
  }

  public Fleet(
      EngineSettings settings,
      int replicas,
      Routing routing,
      Seed seed,
      Telling telling,
      EngineListener listener) {
    this(settings, replicas, routing, seed, telling, listener, index -> index);
  }

  /**
   * Some of the replicas of a larger fleet.
   *
   * @param numbers the replicas' numbers in that one, by their index here: each draws by its number
   */
  public Fleet(
      EngineSettings settings,
      int replicas,
      Routing routing,
      Seed seed,
      Telling telling,
      EngineListener listener,
      IntUnaryOperator numbers) {
    Checks.atLeast("replicas", replicas, 1);
    EngineListener forgetful = new ForgetfulListener(listener, replicaOf::remove);
    this.replicas = new Engine[replicas];
    due = new MinTree(replicas);
    changed = new int[replicas];
    isChanged = new boolean[replicas];
    router = new Router(this.replicas, routing);
    for (int i = 0; i < replicas; i++) {
      Seed own = seed.derive("replica").derive(numbers.applyAsInt(i));
      Engine replica = new Engine(settings, own, telling, forgetful, i, this::changed);
      this.replicas[i] = replica;
      router.changed(i);
    }
  }

  private void changed(int index) {
    if (!isChanged[index]) {
      isChanged[index] = true;
      changed[changes++] = index;
    }
  }

  /** Hears of replicas that have changed. */
  private void listen() {
    for (; changes > 0; changes--) {
      int index = changed[changes - 1];
      isChanged[index] = false;
      due.set(index, replicas[index].nextNanos());
      router.changed(index);
    }
  }

  /**
   * Takes a request in at the replica that the routing picks; what that one says is the answer.
   *
   * @throws IllegalArgumentException as {@link Engine#submit}
   */
  @Override
  public Admission submit(long nanos, EngineRequest request) {
    advance(nanos);
    request.checkNew(replicaOf);
    Engine replica = replicas[router.pick(nanos, request)];
    // Known before its callbacks come, which may come at once.
    replicaOf.put(request.id(), replica);
    boolean accepted = false;
    try {
      Admission admission = replica.submit(nanos, request);
      accepted = admission == Admission.ACCEPTED;
      return admission;
    } finally {
      if (!accepted) {
        replicaOf.remove(request.id());
      }
    }
  }

  /** Where a request is served, to be asked from callbacks too; -1 where it is not here. */
  public int replicaOf(long id) {
    Engine replica = replicaOf.get(id);
    return replica == null ? -1 : replica.place();
  }

  /** As {@link Engine#cancel}. */
  @Override
  public boolean cancel(long nanos, long id) {
    advance(nanos);
    Engine replica = replicaOf.remove(id);
    return replica != null && replica.cancel(nanos, id);
  }

  /** As {@link Engine#nextNanos}. */
  @Override
  public long nextNanos() {
    listen();
    return due.min();
  }

  /** Does all that is due up to and at {@code nanos}, in order of time over all replicas. */
  @Override
  public void advance(long nanos) {
    for (long next = nextNanos(); next <= nanos && next != Long.MAX_VALUE; next = nextNanos()) {
      replicas[due.first()].advance(next);
    }
    now = Math.max(now, nanos);
  }

  @Override
  public void tellSoFar(long nanos) {
    advance(nanos);
    for (Engine replica : replicas) {
      replica.tellSoFar(nanos);
    }
  }

  @Override
  public void tellSoFar(long nanos, long id) {
    advance(nanos);
    Engine replica = replicaOf.get(id);
    if (replica != null) {
      replica.tellSoFar(nanos);
    }
  }

  /**
   * One of them, to look at, slow down, crash, restart or reset, after {@link #advance} to that
   * instant; it is as of then, so ask again later. Requests come and go through the fleet.
   */
  @Override
  public Engine replica(int index) {
    Engine replica = replicas[index];
    // What it told has been heard of; one that runs ahead has quiet steps to do.
    replica.catchUp(now);
    return replica;
  }

  @Override
  public int size() {
    return replicas.length;
  }
}
