package dev.candor.scrub;

import dev.candor.base.error.CandorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user's own kind: what a regular expression finds, or its first group where it has one. <b>Safe
 * for use by several threads.</b>
 *
 * @param where its place in the rules' file, for messages
 */
record OwnRule(String name, Pattern pattern, Replacement replacement, String where) {

  /** What stands in the value's place. */
  enum Replacement {
    PSEUDONYM,
    MASK,
    DROP
  }

  /**
   * Finds all in {@code text}.
   *
   * @throws CandorException where the pattern tries out too much, or too deeply
   */
  void find(String text, int shift, Findings findings) {
    Matcher matcher = pattern.matcher(new CountedText(text, where));
    int group = matcher.groupCount() > 0 ? 1 : 0;
    try {
      while (matcher.find()) {
        int start = matcher.start(group);
        int end = matcher.end(group);
        if (end > start) {
          String value = text.substring(start, end);
          boolean marked = Mark.on(value) || value.equals("*".repeat(value.length()));
          findings.add(
              new Found(
                  Kind.SECRET,
                  this,
                  start + shift,
                  end + shift,
                  marked ? Found.Standing.PSEUDONYM : Found.Standing.REAL));
        }
      }
    } catch (StackOverflowError e) {
      throw CandorException.user(
          "%s: the pattern needs too deep a recursion for a text of %d characters; write it without repeated groups"
              .formatted(where, text.length()));
    }
  }
}
