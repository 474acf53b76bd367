package dev.candor.engine.cluster;

import dev.candor.base.random.Seed;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.MinTree;
import dev.candor.engine.Routing;
import org.jspecify.annotations.Nullable;

/** Picks replicas of a pool by its {@link Routing}. <b>For one thread.</b> */
final class PoolRouter {
  /*
   * The loads of replicas that are up are in a tree, in which the next one in turn of some load, or
   * of the least, is found in the logarithm of their number.
   */
  private static final int MOST_TIMES_THE_LEAST = 2;
  private static final int MOST_ABOVE_THAT = 8;
  private static final long ANY_LOAD = Long.MAX_VALUE - 1;

  private final Replica[] replicas;
  private final Routing routing;
  private final MinTree loads;
  private final @Nullable PrefixIndex prefixes;
  private final int blockSize;
  private int turn;

  PoolRouter(Replica[] replicas, Routing routing, int blockSize) {
    this.replicas = replicas;
    this.routing = routing;
    this.blockSize = blockSize;
    loads = new MinTree(replicas.length);
    prefixes = routing == Routing.PREFIX_AWARE ? new PrefixIndex(replicas.length) : null;
  }

  /** Says that a replica's state or load has changed. */
  void changed(Replica replica) {
    loads.set(place(replica), replica.state() == ReplicaState.UP ? replica.load : Long.MAX_VALUE);
  }

  private int place(Replica replica) {
    return replica.index - replicas[0].index;
  }

  /** Says that a replica's cache has blocks of {@code request} now. */
  void holds(Replica replica, EngineRequest request) {
    if (prefixes != null) {
      prefixes.add(request.blockHashes(), place(replica));
    }
  }

  /** One that is up; null where none is. */
  @Nullable Replica pick(long nanos, EngineRequest request) {
    if (loads.min() == Long.MAX_VALUE) {
      return null;
    }
    if (routing == Routing.SESSION_STICKY && request.session() != EngineRequest.NONE) {
      return replicas[home(request.session())];
    }
    int picked =
        prefixes != null
            ? prefixAware(nanos, request, prefixes)
            : loads.firstAtMost(turn, routing == Routing.LEAST_LOADED ? loads.min() : ANY_LOAD);
    turn = (picked + 1) % replicas.length;
    return replicas[picked];
  }

  /**
   * By the hash of the session, and again by the hash of that, until it is one that is up: when one
   * goes, its sessions alone move, and spread over all the others.
   */
  private int home(long session) {
    long hash = session;
    for (int tries = 0; tries < 2 * replicas.length; tries++) {
      hash = Seed.mixed(hash);
      int place = (int) Long.remainderUnsigned(hash, replicas.length);
      if (loads.key(place) != Long.MAX_VALUE) {
        return place;
      }
    }
    return loads.firstAtMost((int) Long.remainderUnsigned(hash, replicas.length), ANY_LOAD);
  }

  private int prefixAware(long nanos, EngineRequest request, PrefixIndex index) {
    int best = loads.firstAtMost(turn, loads.min());
    int bestTokens = replicas[best].cachedTokens(nanos, request);
    long mostLoad = MOST_TIMES_THE_LEAST * loads.min() + MOST_ABOVE_THAT;
    long[] hashes = request.blockHashes();
    // A hit leaves the prompt's last token to be computed.
    int most = Math.min(hashes.length, (request.promptTokens() - 1) / blockSize);
    int blocks = PrefixIndex.deepest(most);
    // Who has twice as many blocks was asked already.
    for (; blocks > 0 && bestTokens < 2L * blocks * blockSize; blocks /= 2) {
      for (int place : index.of(hashes, blocks)) {
        if (loads.key(place) > mostLoad) {
          continue;
        }
        int tokens = replicas[place].cachedTokens(nanos, request);
        if (tokens > bestTokens || (tokens == bestTokens && isBetter(place, best))) {
          best = place;
          bestTokens = tokens;
        }
      }
    }
    return best;
  }

  /** By load, then by turn. */
  private boolean isBetter(int place, int other) {
    long difference = loads.key(place) - loads.key(other);
    return difference != 0
        ? difference < 0
        : Math.floorMod(place - turn, replicas.length)
            < Math.floorMod(other - turn, replicas.length);
  }
}
