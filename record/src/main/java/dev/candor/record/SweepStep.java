package dev.candor.record;

/**
 * What a sweep made of one of its steps.
 *
 * @param level users or requests a second
 * @param steadyNanos from which instant of the run on its figures count: before it the server was
 *     on its way to a steady state
 * @param mark {@code good}, {@code bad}, {@code disturbed}, {@code hold} or {@code interrupted}
 * @param why in a few words
 */
public record SweepStep(double level, long steadyNanos, String mark, String why) {}
