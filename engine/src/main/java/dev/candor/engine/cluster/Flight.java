package dev.candor.engine.cluster;

import dev.candor.engine.EngineRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A request in a cluster, from its admission to its end. <b>For one thread.</b> */
final class Flight {
  final EngineRequest request;
  final Route route;
  Stage stage;

  /** Where it is computed or, where it moves, where its KV is. */
  Replica replica;

  /** Where its KV goes, once that is settled. */
  @Nullable Replica target;

  /** Where it is. */
  enum Stage {
    /** At the replica that takes it in. */
    FIRST,
    /** Its KV waits for the link or is on the way. */
    MOVING,
    /** At the replica that goes on from the KV. */
    DECODE,
    OVER
  }

  Flight(EngineRequest request, Route route, Replica replica) {
    this.request = request;
    this.route = route;
    this.replica = replica;
    this.stage = Stage.FIRST;
  }

  boolean moving() {
    return stage == Stage.MOVING;
  }

  /** What its first replica computes: of a disaggregated one the prompt, up to a token. */
  EngineRequest first() {
    if (!route.disaggregated()) {
      return request;
    }
    int blockSize = replica.pool.settings.engine().kvCache().blockSize();
    long[] hashes = request.blockHashes();
    int full = (request.promptTokens() + 1) / blockSize;
    return new EngineRequest(
        request.id(),
        request.promptTokens(),
        1,
        full < hashes.length ? Arrays.copyOf(hashes, full) : hashes,
        request.session(),
        request.model(),
        0,
        EngineRequest.NONE);
  }

  /** What its second replica computes: all but the prompt's KV, which comes with it. */
  EngineRequest second() {
    return new EngineRequest(
        request.id(),
        request.promptTokens(),
        request.outputTokens(),
        request.blockHashes(),
        request.session(),
        request.model(),
        request.promptTokens() - 1,
        request.tellToken());
  }
}
