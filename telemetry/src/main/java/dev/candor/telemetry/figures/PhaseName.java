package dev.candor.telemetry.figures;

/** A phase as figures are labelled by it. */
public record PhaseName(String name, boolean warmup) {}
