package dev.candor.analysis.drift;

/** What changed over a run whose load did not. */
public record Drift() {}
