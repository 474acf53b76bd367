package dev.candor.engine;

/** A model on a GPU behind an engine whose steps are simulated. */
public record EngineProfile(
    String name,
    Source source,
    String fitRange,
    String error,
    ModelShape model,
    Gpu gpu,
    EngineSettings settings)
    implements Profile {}
