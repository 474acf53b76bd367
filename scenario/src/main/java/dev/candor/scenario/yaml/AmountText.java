package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of money as people write them: {@code 2.5}, {@code $2.5}, {@code 2.5 USD}. */
final class AmountText {
  private static final Pattern AMOUNT =
      Pattern.compile(
          "([$€£¥]|[A-Za-z]{3}\\s)?\\s*([+-]?[0-9.]+(?:[eE][+-]?\\d+)?)\\s*([$€£¥]|[A-Za-z]{3})?");

  private static final Map<String, String> SIGNS =
      Map.of("$", "USD", "€", "EUR", "£", "GBP", "¥", "JPY");

  private AmountText() {}

  /**
   * A price in {@code currency}, of at least 0.
   *
   * @throws CandorException where it is negative, in another currency, or none
   */
  static double price(String text, String currency) {
    double amount = parse(text, currency);
    if (amount < 0) {
      throw CandorException.user("found %s, must be a price of at least 0".formatted(text));
    }
    return amount;
  }

  /**
   * An amount in {@code currency}, above 0.
   *
   * @throws CandorException as {@link #price}
   */
  static double positive(String text, String currency) {
    double amount = parse(text, currency);
    if (amount <= 0) {
      throw CandorException.user(
          "found %s, must be an amount above 0 in the currency of prices".formatted(text));
    }
    return amount;
  }

  private static double parse(String text, String currency) {
    Matcher matcher = AMOUNT.matcher(text.trim());
    if (!matcher.matches()) {
      throw wrong(text);
    }
    for (String given : new String[] {matcher.group(1), matcher.group(3)}) {
      if (given != null) {
        String sign = given.trim();
        String code = SIGNS.getOrDefault(sign, sign.toUpperCase(Locale.ROOT));
        if (!code.equals(currency)) {
          throw CandorException.user(
              "found %s, must be in %s as the other prices: a run has one currency"
                  .formatted(text, currency));
        }
      }
    }
    try {
      double amount = Double.parseDouble(matcher.group(2));
      if (Double.isFinite(amount)) {
        return amount;
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw wrong(text);
  }

  private static CandorException wrong(String text) {
    return CandorException.user(
        "found '%s', must be a number of at least 0, an amount such as 2.5 or $2.5"
            .formatted(text));
  }
}
