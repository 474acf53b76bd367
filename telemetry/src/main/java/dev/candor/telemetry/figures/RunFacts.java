package dev.candor.telemetry.figures;

import dev.candor.scenario.Scenario;

/**
 * Which run it is whose figures are published.
 *
 * @param run by which it is told from others: the name of its directory
 * @param target address, for display
 * @param version of Candor
 */
public record RunFacts(String run, Scenario scenario, String target, String version) {}
