package dev.candor.engine;

/** What an engine says to a new request. */
public enum Admission {
  /** It will be served. */
  ACCEPTED,
  /** Longer than the model's context, or than the whole KV cache: it can never run. */
  TOO_LONG,
  /** The bounded queue is full. */
  QUEUE_FULL,
  /** The replica has crashed and is not back. */
  DOWN
}
