package dev.candor.corpus.imports;

import dev.candor.corpus.read.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was left out. For one thread. */
final class Skipped {
  private static final int FIRST = 3;

  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
  private final Map<Reason, List<String>> places = new EnumMap<>(Reason.class);

  void add(Reason reason, String place) {
    counts.merge(reason, 1L, Long::sum);
    List<String> first = places.computeIfAbsent(reason, each -> new ArrayList<>());
    if (first.size() < FIRST) {
      first.add(place);
    }
  }

  List<ImportSummary.Skip> all() {
    return counts.entrySet().stream()
        .map(
            each ->
                new ImportSummary.Skip(
                    each.getKey(), each.getValue(), places.getOrDefault(each.getKey(), List.of())))
        .toList();
  }
}
