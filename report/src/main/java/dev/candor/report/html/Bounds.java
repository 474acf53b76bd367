package dev.candor.report.html;

import dev.candor.report.console.Figures;
import dev.candor.scenario.Slo;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The SLOs of a scenario's classes in words, as they stand beside the figures. */
record Bounds(String ttft, String itl) {
  private static final double NANOS_A_MS = 1e6;

  static Bounds of(Collection<Slo> slos) {
    return new Bounds(words(slos, Slo::ttftNanos), words(slos, Slo::itlNanos));
  }

  /** {@code SLO 500 ms}; of classes that differ {@code SLO 200 ms to 500 ms}; none: empty. */
  private static String words(Collection<Slo> slos, Function<Slo, @Nullable Long> bound) {
    List<Long> bounds =
        slos.stream().map(bound).filter(Objects::nonNull).distinct().sorted().toList();
    if (bounds.isEmpty()) {
      return "";
    }
    String least = Figures.ms(bounds.getFirst() / NANOS_A_MS);
    return bounds.size() == 1
        ? "SLO " + least
        : "SLO %s to %s".formatted(least, Figures.ms(bounds.getLast() / NANOS_A_MS));
  }
}
