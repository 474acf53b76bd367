package dev.candor.analysis.saturation;

/** What a sweep found. */
public record Saturation() {}
