package dev.candor.scrub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much was replaced, by kind, and what it looked like. <b>For one thread.</b> */
public final class ScrubReport {
  private static final int MOST_SAMPLES = 3;

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final SortedMap<String, List<String>> samples = new TreeMap<>();
  private long texts;
  private long characters;

  void countText(int length) {
    texts++;
    characters += length;
  }

  void count(String kind, String value) {
    counts.merge(kind, 1L, Long::sum);
    List<String> shapes = samples.computeIfAbsent(kind, each -> new ArrayList<>());
    if (shapes.size() < MOST_SAMPLES) {
      String shape = Shape.of(value);
      if (!shapes.contains(shape)) {
        shapes.add(shape);
      }
    }
  }

  /**
   * Findings that were replaced, by kind or name of an own rule; those without any are not in it.
   */
  public SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** All findings that were replaced. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Up to three shapes of a kind's values: letters as x or X, digits as 9. */
  public List<String> samples(String kind) {
    return List.copyOf(samples.getOrDefault(kind, List.of()));
  }

  /** Texts that were searched. */
  public long texts() {
    return texts;
  }

  /** Characters that were searched. */
  public long characters() {
    return characters;
  }
}
