package dev.candor.scrub;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that stay. <b>Safe for use by several threads.</b> */
final class AllowList {
  /**
   * @param where its place in the rules' file, for messages
   */
  record AllowedPattern(Pattern pattern, String where) {}

  private final Set<String> values;
  private final List<AllowedPattern> patterns;

  /**
   * @param values in lower case
   */
  AllowList(Set<String> values, List<AllowedPattern> patterns) {
    this.values = Set.copyOf(values);
    this.patterns = List.copyOf(patterns);
  }

  boolean isEmpty() {
    return values.isEmpty() && patterns.isEmpty();
  }

  /** Whether {@code value}, as a whole, is in the list. */
  boolean allows(String value) {
    if (values.contains(value.toLowerCase(Locale.ROOT))) {
      return true;
    }
    for (AllowedPattern allowed : patterns) {
      if (allowed.pattern.matcher(new CountedText(value, allowed.where)).matches()) {
        return true;
      }
    }
    return false;
  }
}
