package dev.candor.app.web.start;

import dev.candor.base.error.CandorException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts a budget into a scenario's text, and leaves every other line where it is, so that messages
 * name the lines that the user sees.
 */
final class BudgetText {
  private static final Pattern AMOUNT =
      Pattern.compile("[$€£¥]?\\s*[0-9][0-9_.]*\\s*[kKMGB]?\\s*([A-Za-z]{3}|tokens)?");

  private static final Pattern KEY = Pattern.compile("budget\\s*:.*");

  private BudgetText() {}

  /**
   * The scenario {@code text} with {@code budget} in place of its own.
   *
   * @param budget an amount of money such as {@code $5}, or of tokens such as {@code 2M tokens}
   * @throws CandorException where it is neither
   */
  static String in(String text, String budget) {
    String amount = budget.strip();
    if (!AMOUNT.matcher(amount).matches()) {
      throw CandorException.user(
          "budget: found '%s', must be an amount of money such as $5, or of tokens such as '2M tokens'"
              .formatted(budget));
    }
    if (text.stripLeading().startsWith("{")) {
      throw CandorException.user(
          "budget: the scenario is one mapping in braces; write the budget into it");
    }
    boolean tokens = amount.endsWith("tokens");
    String line =
        tokens
            ? "budget: {tokens: '%s'}"
                .formatted(amount.substring(0, amount.length() - "tokens".length()).strip())
            : "budget: {cost: '%s'}".formatted(amount);
    return with(text, line);
  }

  private static String with(String text, String budget) {
    List<String> lines = new ArrayList<>();
    boolean found = false;
    boolean old = false;
    for (String line : text.lines().toList()) {
      boolean begins = KEY.matcher(line).matches();
      old = begins || (old && (line.isBlank() || Character.isWhitespace(line.charAt(0))));
      lines.add(!old ? line : begins && !found ? budget : "");
      found |= begins;
    }
    if (!found) {
      lines.add(budget);
    }
    return String.join("\n", lines) + "\n";
  }
}
