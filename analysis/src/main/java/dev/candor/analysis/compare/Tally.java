package dev.candor.analysis.compare;

/** What is added up in every block of a phase. */
enum Tally {
  /** Requests that were intended in it. */
  REQUESTS,
  /** Of those, that ended well and met every SLO. */
  GOOD,
  FAILED,
  /** Money, of every attempt. */
  COST,
  /** Prompt tokens where the server told how many of them came from its cache. */
  CACHEABLE,
  CACHED,
  /** Output tokens that came in it. */
  TOKENS,
  /** Requests that were completed in it. */
  COMPLETED,
  SECONDS
}
