package dev.candor.engine;

/** What an engine has counted since it was made; {@link EngineState} says what each is. */
final class Counters {
  long submitted;
  long completed;
  long rejected;
  long cancelled;
  long failed;
  long preemptions;
  long prefixQueries;
  long prefixHits;
  long promptTokens;
  long generationTokens;
  long steps;
  long busyNanos;

  /** Cancelled requests that still hold their blocks; not a running total. */
  int cancelledRunning;
}
