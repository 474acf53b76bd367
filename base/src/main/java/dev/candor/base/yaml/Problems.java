package dev.candor.base.yaml;

import dev.candor.base.error.CandorException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Collects what is wrong, in the order of the file, so that a user mends all of it at once. */
public final class Problems {
  private static final int SHOWN = 20;

  private static final Pattern PLACE = Pattern.compile(":(\\d+):(\\d+)(?::|$)");

  private final List<Problem> found = new ArrayList<>();

  private record Problem(int line, int column, String text) {}

  /**
   * @param where {@code file:line:column: key}, or a flag
   */
  public void add(String where, String what) {
    Matcher place = PLACE.matcher(where);
    boolean inFile = place.find();
    found.add(
        new Problem(
            inFile ? Integer.parseInt(place.group(1)) : Integer.MAX_VALUE,
            inFile ? Integer.parseInt(place.group(2)) : 0,
            where + ": " + what));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Ends the reading where anything was wrong.
   *
   * @throws CandorException with a line for each
   */
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    List<String> shown =
        found.stream()
            .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
            .map(Problem::text)
            .limit(SHOWN)
            .collect(Collectors.toCollection(ArrayList::new));
    if (found.size() > SHOWN) {
      shown.add("… and " + (found.size() - SHOWN) + " more");
    }
    String head = found.size() == 1 ? "" : found.size() + " problems:\n  ";
    throw CandorException.user(head + String.join("\n  ", shown));
  }
}
