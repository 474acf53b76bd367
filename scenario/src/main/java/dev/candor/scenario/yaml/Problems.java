package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that a user mends all of it at once. */
final class Problems {
  private static final int SHOWN = 20;

  private final List<String> found = new ArrayList<>();

  void add(String where, String what) {
    found.add(where + ": " + what);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    List<String> shown = new ArrayList<>(found.subList(0, Math.min(SHOWN, found.size())));
    if (found.size() > SHOWN) {
      shown.add("… and " + (found.size() - SHOWN) + " more");
    }
    String head = found.size() == 1 ? "" : found.size() + " problems:\n  ";
    throw CandorException.user(head + String.join("\n  ", shown));
  }

  /** The key of {@code known} that {@code found} was probably meant to be, or all of them. */
  static String suggestion(String found, Iterable<String> known) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(found, candidate);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return bestDistance <= Math.max(1, found.length() / 3)
        ? "did you mean '" + best + "'?"
        : "known are " + String.join(", ", known);
  }

  /** Levenshtein distance with swaps of neighbours counted once. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
