package dev.candor.engine;

import dev.candor.base.random.Seed;

/** Picks replicas by a {@link Routing}. <b>For one thread.</b> */
final class Router {
  private static final int MOST_TIMES_THE_LEAST = 2;
  private static final int MOST_ABOVE_THAT = 8;

  private final Engine[] replicas;
  private final Routing routing;
  private int turn;

  Router(Engine[] replicas, Routing routing) {
    this.replicas = replicas;
    this.routing = routing;
  }

  /** The index of the replica for {@code request}: one that is up, unless none is. */
  int pick(EngineRequest request) {
    if (routing == Routing.SESSION_STICKY && request.session() != EngineRequest.NONE) {
      // Those without a session keep turns of their own.
      return firstUp((int) Long.remainderUnsigned(Seed.mixed(request.session()), replicas.length));
    }
    int picked =
        switch (routing) {
          case ROUND_ROBIN, SESSION_STICKY -> nextUp();
          case LEAST_LOADED -> leastLoaded();
          case PREFIX_AWARE -> prefixAware(request);
        };
    turn = (picked + 1) % replicas.length;
    return picked;
  }

  private int nextUp() {
    return firstUp(turn);
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
    int least = nextUp();
    for (int i = 0; i < replicas.length; i++) {
      if (!inTurn(i).isDown() && inTurn(i).load() < replicas[least].load()) {
        least = index(i);
      }
    }
    return least;
  }

  private int prefixAware(EngineRequest request) {
    int best = leastLoaded();
    int bestTokens = replicas[best].cachedTokens(request);
    int mostLoad = MOST_TIMES_THE_LEAST * replicas[best].load() + MOST_ABOVE_THAT;
    for (int i = 0; i < replicas.length; i++) {
      Engine replica = inTurn(i);
      if (replica.isDown() || replica.load() > mostLoad) {
        continue;
      }
      int tokens = replica.cachedTokens(request);
      if (tokens > bestTokens || (tokens == bestTokens && replica.load() < replicas[best].load())) {
        best = index(i);
        bestTokens = tokens;
      }
    }
    return best;
  }

  private Engine inTurn(int offset) {
    return replicas[index(offset)];
  }

  private int index(int offset) {
    return (turn + offset) % replicas.length;
  }
}
