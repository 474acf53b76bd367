package dev.candor.analysis.server;

/** What the server told of itself. */
public record ServerSide() {}
