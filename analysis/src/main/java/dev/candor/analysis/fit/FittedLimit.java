package dev.candor.analysis.fit;

/**
 * A setting of the scheduler or the cache.
 *
 * @param key in a profile's file
 * @param value what the profile has
 * @param identified whether the data show it; else it is the base profile's or a default
 * @param note what shows it, or which load would
 */
public record FittedLimit(String key, String value, boolean identified, String note) {}
