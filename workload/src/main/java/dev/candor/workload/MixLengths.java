package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.scenario.Workload.RequestClass;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws a class by its share, then both lengths from the class's distributions. */
final class MixLengths implements Lengths {
  private final List<RequestClass> classes;
  private final ClassShares shares;
  private final Seed seed;

  MixLengths(List<RequestClass> classes, Seed seed) {
    this.classes = List.copyOf(classes);
    this.shares = new ClassShares(classes);
    this.seed = seed.derive("mix");
  }

  @Override
  public Length of(long number) {
    RandomGenerator random = seed.derive(number).stream();
    RequestClass chosen = classes.get(shares.draw(random));
    return new Length(
        chosen.name(),
        Math.max(1, (int) Math.round(chosen.inputTokens().sample(random))),
        Math.max(1, (int) Math.round(chosen.outputTokens().sample(random))),
        Length.NO_BLOCKS);
  }
}
