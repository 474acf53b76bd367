package dev.candor.engine;

import dev.candor.base.random.Seed;

/** Picks replicas by a {@link Routing}. <b>For one thread.</b> */
final class Router {
  private static final int MOST_TIMES_THE_LEAST = 2;
  private static final int MOST_ABOVE_THAT = 8;

  private final Engine[] replicas;
  private final Routing routing;

  /** Requests that each holds, {@code Long.MAX_VALUE} where it is down. */
  private final MinTree loads;

  private int turn;

  Router(Engine[] replicas, Routing routing) {
    this.replicas = replicas;
    this.routing = routing;
    loads = new MinTree(replicas.length);
  }

  /** A replica may hold more or fewer, have crashed or be back. */
  void changed(int index) {
    loads.set(index, replicas[index].isDown() ? Long.MAX_VALUE : replicas[index].load());
  }

  /**
   * The index of the replica for {@code request}: one that is up, unless none is. {@link #changed}
   * was told of all changes before.
   */
  int pick(long nanos, EngineRequest request) {
    if (routing == Routing.SESSION_STICKY && request.session() != EngineRequest.NONE) {
      // Those without a session keep turns of their own.
      return firstUp((int) Long.remainderUnsigned(Seed.mixed(request.session()), replicas.length));
    }
    int picked =
        switch (routing) {
          case ROUND_ROBIN, SESSION_STICKY -> firstUp(turn);
          case LEAST_LOADED -> leastLoaded();
          case PREFIX_AWARE -> prefixAware(nanos, request);
        };
    turn = (picked + 1) % replicas.length;
    return picked;
  }

  /** The first one that is up from {@code index} on, {@code index} where none is. */
  private int firstUp(int index) {
    for (int i = 0; i < replicas.length; i++) {
      int at = (index + i) % replicas.length;
      if (!replicas[at].isDown()) {
        return at;
      }
    }
    return index;
  }

  private int leastLoaded() {
    int least = loads.firstFrom(turn);
    return loads.key(least) == loads.min() ? least : loads.first();
  }

  private int prefixAware(long nanos, EngineRequest request) {
    int best = leastLoaded();
    replicas[best].advance(nanos);
    int bestTokens = replicas[best].cachedTokens(request);
    int mostLoad = MOST_TIMES_THE_LEAST * replicas[best].load() + MOST_ABOVE_THAT;
    for (int i = 0; i < replicas.length; i++) {
      int at = (turn + i) % replicas.length;
      Engine replica = replicas[at];
      if (replica.isDown() || replica.load() > mostLoad) {
        continue;
      }
      // One that runs ahead has its cache as of the last time that it was heard of.
      replica.advance(nanos);
      int tokens = replica.cachedTokens(request);
      if (tokens > bestTokens || (tokens == bestTokens && replica.load() < replicas[best].load())) {
        best = at;
        bestTokens = tokens;
      }
    }
    return best;
  }
}
