package dev.candor.engine;

import dev.candor.base.random.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Replicas behind one address, each with a cache of its own, on one time. <b>Not safe for use by
 * several threads.</b>
 */
public final class Fleet implements Serving {
  private final Engine[] replicas;
  private final Router router;
  private final Map<Long, Integer> replicaOf = new HashMap<>();

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
    for (int i = 0; i < replicas; i++) {
      Seed own = seed.derive("replica").derive(numbers.applyAsInt(i));
      this.replicas[i] = new Engine(settings, own, telling, forgetful);
    }
    router = new Router(this.replicas, routing);
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
    int index = router.pick(request);
    // Known before its callbacks come, which may come at once.
    replicaOf.put(request.id(), index);
    boolean accepted = false;
    try {
      Admission admission = replicas[index].submit(nanos, request);
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
    return replicaOf.getOrDefault(id, -1);
  }

  /** As {@link Engine#cancel}. */
  @Override
  public boolean cancel(long nanos, long id) {
    advance(nanos);
    Integer index = replicaOf.remove(id);
    return index != null && replicas[index].cancel(nanos, id);
  }

  /** As {@link Engine#nextNanos}. */
  @Override
  public long nextNanos() {
    return first().nextNanos();
  }

  /** Does all that is due up to and at {@code nanos}, in order of time over all replicas. */
  @Override
  public void advance(long nanos) {
    for (Engine next = first(); isDue(next, nanos); next = first()) {
      next.advance(next.nextNanos());
    }
  }

  @Override
  public void tellSoFar(long nanos) {
    advance(nanos);
    for (Engine replica : replicas) {
      replica.tellSoFar(nanos);
    }
  }

  private static boolean isDue(Engine engine, long nanos) {
    return engine.nextNanos() <= nanos && engine.nextNanos() != Long.MAX_VALUE;
  }

  private Engine first() {
    Engine first = replicas[0];
    for (Engine replica : replicas) {
      if (replica.nextNanos() < first.nextNanos()) {
        first = replica;
      }
    }
    return first;
  }

  /**
   * One of them, to look at, slow down, crash, restart or reset, after {@link #advance} to that
   * instant. Requests come and go through the fleet.
   */
  @Override
  public Engine replica(int index) {
    return replicas[index];
  }

  @Override
  public int size() {
    return replicas.length;
  }
}
