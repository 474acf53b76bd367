package dev.candor.analysis.warning;

/** What told of trouble ahead of it. */
public record EarlyWarning() {}
