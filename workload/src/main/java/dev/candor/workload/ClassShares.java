package dev.candor.workload;

import dev.candor.scenario.Workload.RequestClass;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws a class of a mix by its share. <b>Safe for use by several threads.</b> */
final class ClassShares {
  private final List<RequestClass> classes;
  private final double total;

  ClassShares(List<RequestClass> classes) {
    this.classes = List.copyOf(classes);
    this.total = classes.stream().mapToDouble(RequestClass::share).sum();
  }

  /** The index of one, by one number of the stream. */
  int draw(RandomGenerator random) {
    double at = random.nextDouble() * total;
    for (int i = 0; i < classes.size(); i++) {
      at -= classes.get(i).share();
      if (at < 0) {
        return i;
      }
    }
    return classes.size() - 1;
  }
}
