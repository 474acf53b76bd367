package dev.candor.scrub;

import dev.candor.base.error.CandorException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts pseudonyms in the place of personal data and secrets. Equal values have equal pseudonyms
 * wherever the key is the same, whichever scrubber made them. <b>For one thread</b>: make one for
 * each.
 *
 * <pre>{@code
 * Scrubber scrubber = new Scrubber(ScrubRules.builtIn(), key);
 * String clean = scrubber.scrub(text);
 * scrubber.report().counts();
 * }</pre>
 */
public final class Scrubber {
  private static final int LEAST_KEY = 16;
  private static final int LONGEST_FIELD = 64;
  private static final int CUT_CONTEXT = 2048;

  private final ScrubRules rules;
  private final Findings findings;
  private final Scan scan;
  private final Pseudonyms pseudonyms;
  private final ScrubReport report = new ScrubReport();

  /**
   * @param key at least 16 bytes, kept to oneself: who has it can try out which value a pseudonym
   *     stands for
   * @throws CandorException where the key is shorter
   */
  public Scrubber(ScrubRules rules, byte[] key) {
    if (key.length < LEAST_KEY) {
      throw CandorException.user(
          "the key: has %d bytes, must have at least %d".formatted(key.length, LEAST_KEY));
    }
    this.rules = rules;
    findings = new Findings(rules.disabled());
    scan = new Scan(findings);
    pseudonyms = new Pseudonyms(key);
  }

  /** {@code text} with pseudonyms; itself where nothing was found. */
  public String scrub(String text) {
    return scrub("", text);
  }

  /**
   * As {@link #scrub(String)}, for the value of a field: what the field's name says of it
   * (password, ssn, dob) counts as if it stood before it.
   */
  public String scrubField(String field, String value) {
    return scrub(context(field), value);
  }

  /** As {@link #scrub(String)}; {@code before} is what stands before the text, and is only read. */
  public String scrub(String before, String text) {
    report.countText(text.length());
    List<Found> found = look(before, text);
    if (found.isEmpty()) {
      return text;
    }
    int shift = before.length();
    StringBuilder clean = new StringBuilder(text.length() + 16 * found.size());
    int done = 0;
    for (Found one : found) {
      if (one.standing() == Found.Standing.RESERVED) {
        continue;
      }
      String value = text.substring(one.start() - shift, one.end() - shift);
      if (rules.allowed().allows(value)) {
        continue;
      }
      report.count(one.label(), value);
      clean.append(text, done, one.start() - shift).append(replacement(one, value));
      done = one.end() - shift;
    }
    return clean.append(text, done, text.length()).toString();
  }

  private String replacement(Found one, String value) {
    OwnRule rule = one.rule();
    if (rule == null) {
      return pseudonyms.of(one.kind(), value);
    }
    return switch (rule.replacement()) {
      case PSEUDONYM -> pseudonyms.of(rule, value);
      case MASK -> "*".repeat(value.length());
      case DROP -> "";
    };
  }

  /** All that {@link #scrub(String)} would replace, in the order of the text. */
  public List<Finding> find(String text) {
    return findings("", text, false);
  }

  /**
   * As {@link #find}, without what carries the mark of a pseudonym: what a scrubbed text still has.
   * Needs no key. A real value carries the mark by chance, once in 10 (a word of a name that is
   * built like a pseudonym) to 17,576 (a key).
   */
  public List<Finding> remaining(String text) {
    return findings("", text, true);
  }

  /** As {@link #remaining(String)}, for the value of a field. */
  public List<Finding> remainingInField(String field, String value) {
    return findings(context(field), value, true);
  }

  /**
   * As {@link #remaining(String)}; {@code before} is what stands before the text, and is only read.
   */
  public List<Finding> remaining(String before, String text) {
    return findings(before, text, true);
  }

  /**
   * The last place up to {@code at} where a longer text can be cut into two that are scrubbed one
   * after the other: no value stands across it. 0 where there is none nearby.
   */
  public int cut(String text, int at) {
    int from = Math.max(0, at - CUT_CONTEXT);
    int to = Math.min(text.length(), at + CUT_CONTEXT);
    for (Finding finding : find(text.substring(from, to))) {
      if (from + finding.start() < at && from + finding.end() > at) {
        return from + finding.start();
      }
    }
    return at;
  }

  /** Of all texts that were scrubbed so far. */
  public ScrubReport report() {
    return report;
  }

  private List<Finding> findings(String before, String text, boolean realOnly) {
    List<Finding> all = new ArrayList<>();
    int shift = before.length();
    for (Found one : look(before, text)) {
      boolean left =
          one.standing() == Found.Standing.REAL
              || (one.standing() == Found.Standing.PSEUDONYM && !realOnly);
      if (left && !rules.allowed().allows(text.substring(one.start() - shift, one.end() - shift))) {
        all.add(new Finding(one.label(), one.start() - shift, one.end() - shift));
      }
    }
    return all;
  }

  private List<Found> look(String before, String text) {
    scan.text().set(before, text);
    scan.run();
    for (OwnRule rule : rules.own()) {
      rule.find(text, before.length(), findings);
    }
    return findings.settled();
  }

  private static String context(String field) {
    return field.isEmpty() || field.length() > LONGEST_FIELD ? "" : field + ": ";
  }
}
