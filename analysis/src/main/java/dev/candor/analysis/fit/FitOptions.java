package dev.candor.analysis.fit;

import dev.candor.engine.EngineProfile;
import org.jspecify.annotations.Nullable;

/**
 * What the data cannot show.
 *
 * @param name of the profile
 * @param base supplies what is not identified; null: 0 or a default
 * @param replicas behind the address, to which requests go in turn
 */
public record FitOptions(String name, @Nullable EngineProfile base, int replicas) {}
