package dev.candor.engine.cluster;

/** What a replica of a cluster is doing. */
public enum ReplicaState {
  /** Not there: not started yet, drained, or crashed for ever. */
  STOPPED,
  /** It loads, and takes no requests yet. */
  STARTING,
  UP,
  /** It takes no new requests, and goes with the last that it has. */
  DRAINING,
  /** Crashed. */
  DOWN
}
