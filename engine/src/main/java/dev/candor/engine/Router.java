package dev.candor.engine;

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
    int picked =
        switch (routing) {
          case ROUND_ROBIN -> nextUp();
          case LEAST_LOADED -> leastLoaded();
          case PREFIX_AWARE -> prefixAware(request);
        };
    turn = (picked + 1) % replicas.length;
    return picked;
  }

  private int nextUp() {
    for (int i = 0; i < replicas.length; i++) {
      if (!inTurn(i).isDown()) {
        return index(i);
      }
    }
    return turn;
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
