package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers what detectors find in one text and settles where they overlap. <b>For one thread.</b>
 */
final class Findings {
  private static final Comparator<Found> ORDER =
      Comparator.comparingInt(Found::start).thenComparing(Found::kind);

  private final Set<Kind> wanted;
  private final List<Found> found = new ArrayList<>();
  private int from;

  Findings(Set<Kind> disabled) {
    wanted =
        EnumSet.complementOf(
            disabled.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(disabled));
  }

  /** Forgets all, and takes nothing before {@code from}. */
  void clear(int from) {
    found.clear();
    this.from = from;
  }

  void add(Kind kind, int start, int end, Standing standing) {
    if (wanted.contains(kind)) {
      add(new Found(kind, null, start, end, standing));
    }
  }

  void add(Found one) {
    if (one.end() <= from) {
      return;
    }
    found.add(
        one.start() >= from
            ? one
            : new Found(one.kind(), one.rule(), from, one.end(), one.standing()));
  }

  /**
   * In the order of the text, without overlaps: the longer wins and takes what the other had beyond
   * it.
   */
  List<Found> settled() {
    if (found.size() < 2) {
      return found;
    }
    found.sort(ORDER);
    List<Found> settled = new ArrayList<>(found.size());
    Found open = found.getFirst();
    for (Found next : found.subList(1, found.size())) {
      if (next.start() >= open.end()) {
        settled.add(open);
        open = next;
      } else {
        open = joined(open, next);
      }
    }
    settled.add(open);
    return settled;
  }

  private static Found joined(Found first, Found second) {
    int end = Math.max(first.end(), second.end());
    boolean firstWins = wins(first, second);
    Found winner = firstWins ? first : second;
    Found other = firstWins ? second : first;
    boolean within = winner.start() <= other.start() && winner.end() >= other.end();
    Standing standing =
        within || other.standing() != Standing.REAL ? winner.standing() : Standing.REAL;
    return new Found(winner.kind(), winner.rule(), first.start(), end, standing);
  }

  private static boolean wins(Found first, Found second) {
    if ((first.rule() == null) != (second.rule() == null)) {
      return first.rule() != null;
    }
    int longer = (first.end() - first.start()) - (second.end() - second.start());
    return longer != 0 ? longer > 0 : first.kind().compareTo(second.kind()) <= 0;
  }
}
