package dev.candor.engine.cluster;

/** What the replicas of a pool compute of a request. */
enum Part {
  /** All of it. */
  WHOLE,
  /** The prompt. */
  PREFILL,
  /** The answer. */
  DECODE
}
