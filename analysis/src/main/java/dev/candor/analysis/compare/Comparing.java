package dev.candor.analysis.compare;

import dev.candor.analysis.compare.RunComparison.Change;
import dev.candor.analysis.compare.RunComparison.PhaseChanges;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.LargestDeviation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares runs: the figures of all sides and phases, judged together. */
public final class Comparing {
  /** Of the bootstrap's draws, so that the same runs compare the same. */
  private static final Seed SEED = new Seed(42).derive("compare");

  private final CompareOptions options;
  private final List<ComparedRun> base;
  private final List<List<ComparedRun>> sides;
  private final Map<String, SidePhase> basePhases = new LinkedHashMap<>();

  private Comparing(CompareOptions options, List<ComparedRun> base, List<List<ComparedRun>> sides) {
    this.options = options;
    this.base = base;
    this.sides = sides;
  }

  /** A phase of a side that the base has too, with its figures; null: one of the sides lacks it. */
  private record Matched(
      String phase, boolean shared, SidePhase base, SidePhase side, List<@Nullable Pair> pairs) {}

  /**
   * Holds each of {@code sides} against {@code base}.
   *
   * @param base one or more runs of the same
   * @param sides each one or more runs of the same
   * @throws CandorException where no phase is in both, or one that is asked for is in none
   */
  public static RunComparison of(
      List<ComparedRun> base, List<List<ComparedRun>> sides, CompareOptions options) {
    return new Comparing(options, base, sides).compared();
  }

  private RunComparison compared() {
    checkPhases();
    List<List<Matched>> matched = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      matched.add(matched(sides.get(i), SEED.derive("side").derive(i)));
    }
    List<Pair> known =
        matched.stream()
            .flatMap(List::stream)
            .flatMap(phase -> phase.pairs().stream())
            .filter(Objects::nonNull)
            .toList();
    LargestDeviation largest = largest(known);
    List<RunComparison.Side> results = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      results.add(result(sides.get(i), matched.get(i), largest));
    }
    boolean several = base.size() > 1 || sides.stream().anyMatch(side -> side.size() > 1);
    return new RunComparison(
        base.stream().map(ComparedRun::name).toList(),
        options,
        CompareWarnings.of(base, sides),
        several,
        known.size(),
        results);
  }

  private void checkPhases() {
    Set<String> names = new LinkedHashSet<>(PhaseNames.of(base));
    for (String asked : options.phases()) {
      if (!names.contains(asked)) {
        throw CandorException.user(
            "--phase: found %s, which %s has not; %s"
                .formatted(asked, base.getFirst().name(), Suggestion.of(asked, names)));
      }
    }
    for (List<ComparedRun> side : sides) {
      List<String> theirs = PhaseNames.of(side);
      if (names.stream().noneMatch(name -> isAsked(name) && theirs.contains(name))) {
        throw CandorException.user(
            "%s and %s have no phase in common: %s there, %s here; phases are matched by name"
                .formatted(
                    base.getFirst().name(),
                    side.getFirst().name(),
                    String.join(", ", names),
                    String.join(", ", theirs)));
      }
    }
  }

  private boolean isAsked(String phase) {
    return options.phases().isEmpty() || options.phases().contains(phase);
  }

  private List<Matched> matched(List<ComparedRun> side, Seed seed) {
    List<Matched> matched = new ArrayList<>();
    List<String> theirs = PhaseNames.of(side);
    for (String name : PhaseNames.of(base)) {
      if (isAsked(name) && theirs.contains(name)) {
        boolean oneCurrency = CompareWarnings.currency(base).equals(CompareWarnings.currency(side));
        Seed baseSeed = SEED.derive("base").derive(name);
        int stretch = stretch(side, name);
        if (SharedSchedule.of(base, side, name)) {
          // The same time is drawn of both.
          int longer = Math.max(stretch, stretch(base, name));
          SidePhase ours = sidePhase(base, name, baseSeed, longer);
          SidePhase other = sidePhase(side, name, baseSeed, longer);
          matched.add(new Matched(name, true, ours, other, pairs(ours, other, true, oneCurrency)));
        } else {
          SidePhase ours =
              basePhases.computeIfAbsent(
                  name, key -> sidePhase(base, key, baseSeed, stretch(base, key)));
          SidePhase other = sidePhase(side, name, seed.derive(name), stretch);
          matched.add(
              new Matched(name, false, ours, other, pairs(ours, other, false, oneCurrency)));
        }
      }
    }
    return matched;
  }

  private int stretch(List<ComparedRun> runs, String name) {
    return SidePhase.stretch(PhaseNames.blocks(runs, name), options.metrics());
  }

  private SidePhase sidePhase(List<ComparedRun> runs, String name, Seed seed, int stretch) {
    return new SidePhase(
        PhaseNames.blocks(runs, name), options.metrics(), options.repetitions(), seed, stretch);
  }

  private List<@Nullable Pair> pairs(
      SidePhase ours, SidePhase other, boolean shared, boolean oneCurrency) {
    List<@Nullable Pair> pairs = new ArrayList<>();
    for (int i = 0; i < options.metrics().size(); i++) {
      ComparedMetric metric = options.metrics().get(i);
      boolean comparable = oneCurrency || metric.kind() != ComparedMetric.Kind.MONEY;
      pairs.add(
          comparable && ours.knows(i) && other.knows(i)
              ? new Pair(metric, i, ours, other, shared)
              : null);
    }
    return pairs;
  }

  private LargestDeviation largest(List<Pair> pairs) {
    double[][] deviations = new double[options.repetitions()][pairs.size()];
    for (int i = 0; i < deviations.length; i++) {
      for (int j = 0; j < pairs.size(); j++) {
        deviations[i][j] = pairs.get(j).deviation(i);
      }
    }
    return new LargestDeviation(deviations);
  }

  private RunComparison.Side result(
      List<ComparedRun> side, List<Matched> matched, LargestDeviation largest) {
    List<String> ours = PhaseNames.of(base);
    List<String> theirs = PhaseNames.of(side);
    return new RunComparison.Side(
        side.stream().map(ComparedRun::name).toList(),
        Differences.of(base, side),
        ours.stream().filter(name -> isAsked(name) && !theirs.contains(name)).toList(),
        theirs.stream().filter(name -> isAsked(name) && !ours.contains(name)).toList(),
        matched.stream()
            .map(phase -> new PhaseChanges(phase.phase(), phase.shared(), changes(phase, largest)))
            .toList());
  }

  private List<Change> changes(Matched phase, LargestDeviation largest) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < phase.pairs().size(); i++) {
      Pair pair = phase.pairs().get(i);
      changes.add(
          pair == null
              ? Pair.unknown(options.metrics().get(i), i, phase.base(), phase.side())
              : pair.judged(largest, options));
    }
    return changes;
  }
}
