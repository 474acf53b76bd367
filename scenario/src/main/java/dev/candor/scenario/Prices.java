package dev.candor.scenario;

/**
 * Prices per million tokens.
 *
 * @param currency ISO 4217 code, for display
 */
public record Prices(
    String currency,
    double inputPerMillion,
    double cachedInputPerMillion,
    double outputPerMillion) {}
