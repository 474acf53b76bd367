package dev.candor.app.estimate;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Scenario;
import java.net.URI;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a run is dear enough to ask before it starts. Pure: nobody is asked here. */
public final class ExpensiveRun {
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|\\[?0:0:0:0:0:0:0:1]?");

  private static final Pattern LIMIT =
      Pattern.compile("\\$?(\\d+(?:\\.\\d+)?)\\s*(?:([kMG])?\\s*(tokens)?)?");

  private ExpensiveRun() {}

  /**
   * Above what to ask.
   *
   * @param cost in the currency of the prices
   * @param tokens where no price is known, or the user wants it by tokens
   * @param byTokens whether tokens decide though prices are known
   */
  public record Limit(double cost, double tokens, boolean byTokens) {
    /** 10 of the currency; without prices 2,000,000 tokens. */
    public static final Limit DEFAULT = new Limit(10, 2e6, false);

    private static final String VARIABLE = "CANDOR_ASK_ABOVE";

    /**
     * Reads {@code 25}, {@code $25} or {@code 5M tokens}.
     *
     * @throws CandorException where it is none of them
     */
    public static Limit parse(String where, String text) {
      Matcher matcher = LIMIT.matcher(text.trim());
      boolean tokens = matcher.matches() && matcher.group(3) != null;
      if (!matcher.matches() || (matcher.group(2) != null && !tokens)) {
        throw CandorException.user(
            "%s: found '%s', must be an amount of money such as 25, or of tokens such as '5M tokens'"
                .formatted(where, text));
      }
      double value = Double.parseDouble(matcher.group(1)) * factor(matcher.group(2));
      return tokens
          ? new Limit(Double.POSITIVE_INFINITY, value, true)
          : new Limit(value, DEFAULT.tokens(), false);
    }

    /** What holds where no flag says otherwise: by CANDOR_ASK_ABOVE, else the usual. */
    public static Limit usual(Function<String, @Nullable String> environment) {
      String variable = environment.apply(VARIABLE);
      return variable == null || variable.isBlank() ? DEFAULT : parse(VARIABLE, variable);
    }

    private static double factor(@Nullable String suffix) {
      return switch (suffix) {
        case "k" -> 1e3;
        case "M" -> 1e6;
        case "G" -> 1e9;
        case null, default -> 1;
      };
    }
  }

  /** What to do. */
  public enum Decision {
    /** Start. */
    GO,
    /** Ask on the terminal. */
    ASK,
    /** There is nobody to ask. */
    REFUSE
  }

  /** Whether requests leave this machine, as far as the address says. */
  public static boolean leavesTheMachine(Scenario scenario) {
    for (URI url : scenario.target().urls()) {
      String host = url.getHost();
      if (host == null || !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
        return true;
      }
    }
    return false;
  }

  /** What is to be asked; null: nothing, as the run costs no more than the limit at its highest. */
  public static @Nullable String question(Estimate estimate, Limit limit) {
    Range cost = estimate.cost();
    boolean byTokens = cost == null || limit.byTokens();
    boolean dear =
        byTokens
            ? estimate.tokens().high() > limit.tokens()
            : cost != null && cost.high() > limit.cost();
    if (!dear) {
      return null;
    }
    Range tokens = estimate.tokens();
    String spoken =
        "%s tokens (%s to %s) in %s requests, %s"
            .formatted(
                EstimateText.count(tokens.likely()),
                EstimateText.count(tokens.low()),
                EstimateText.count(tokens.high()),
                EstimateText.count(estimate.requests().likely()),
                Estimator.time(estimate.seconds().likely()));
    if (cost != null) {
      spoken =
          "%s (%s to %s): %s"
              .formatted(
                  EstimateText.money(cost.likely(), estimate.currency()),
                  EstimateText.money(cost.low(), estimate.currency()),
                  EstimateText.money(cost.high(), estimate.currency()),
                  spoken);
    }
    return "this run against %s takes about %s".formatted(estimate.target(), spoken);
  }

  /** What follows from a question. */
  public static Decision decide(@Nullable String question, boolean yes, boolean terminal) {
    if (question == null || yes) {
      return Decision.GO;
    }
    return terminal ? Decision.ASK : Decision.REFUSE;
  }
}
