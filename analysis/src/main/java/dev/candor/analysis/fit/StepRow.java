package dev.candor.analysis.fit;

/**
 * A step whose time was seen, and what it computed; counts as of docs/engine.md.
 *
 * @param run index of its run
 * @param phase index into the run's phases
 * @param step number in the run's grid
 * @param fromArrival whether {@code nanos} count from the sending of the request that began it in
 *     an idle engine, so that the overheads are in it; else from the end of the step before
 */
record StepRow(
    int run,
    int phase,
    int step,
    double nanos,
    double prefillTokens,
    double contextTokens,
    double batch,
    double tokenPairs,
    boolean fromArrival) {}
