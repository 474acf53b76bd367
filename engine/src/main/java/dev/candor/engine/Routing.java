package dev.candor.engine;

/** How a {@link Fleet} picks the replica of a request among those that are up. */
public enum Routing {
  /** Each in turn. */
  ROUND_ROBIN,
  /** The one that holds the fewest requests; of equals the next in turn. */
  LEAST_LOADED,
  /**
   * The one whose cache has the longest prefix of the prompt, unless it holds more than twice as
   * many requests as the least loaded one and 8 more: a prefix saves one prefill, a long queue
   * costs everyone in it. Of equals, and without any prefix, as {@link #LEAST_LOADED}.
   */
  PREFIX_AWARE,
  /**
   * All requests of a session to one, by the session's hash, and to the next one up where it is
   * down. Requests without a session go as {@link #ROUND_ROBIN}.
   */
  SESSION_STICKY
}
