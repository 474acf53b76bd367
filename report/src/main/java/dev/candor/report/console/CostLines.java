package dev.candor.report.console;

import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a phase cost, and what of it was wasted, in lines of about 80 columns. */
public final class CostLines {
  private CostLines() {}

  /** None where nothing is known of money and nothing was wasted. */
  static List<String> of(Summary.Phase p) {
    List<String> lines = new ArrayList<>();
    Summary.Cost c = p.cost();
    if (c != null) {
      lines.add(
          "%s %s, wasted %s%s"
              .formatted(
                  Figures.money(c.total()),
                  c.currency(),
                  Figures.money(c.wasted()),
                  c.total() > 0 ? " (" + Figures.percent(c.wasted() / c.total()) + ")" : ""));
      lines.add(
          "per request mean %s, p50 %s, p95 %s, max %s"
              .formatted(
                  money(c.perRequestMean()),
                  money(c.perRequestP50()),
                  money(c.perRequestP95()),
                  money(c.perRequestMax())));
      lines.add(
          "per answer %s, good answer %s, session %s"
              .formatted(money(c.perSuccess()), money(c.perGood()), money(c.perSession())));
      lines.add(
          "per million tokens %s (input %s, output %s)"
              .formatted(
                  money(c.perMillionTokens()),
                  money(c.perMillionInputTokens()),
                  money(c.perMillionOutputTokens())));
    }
    p.waste().causes().stream()
        .filter(by -> by.inputTokens() + by.outputTokens() > 0)
        .forEach(by -> lines.add("wasted by " + wasted(by)));
    return lines;
  }

  private static String wasted(Summary.WastedBy by) {
    return "%s: %s attempts, %s in, %s out%s"
        .formatted(
            by.cause(),
            Figures.number(by.attempts()),
            Figures.number(by.inputTokens()),
            Figures.number(by.outputTokens()),
            by.cost() == null ? "" : ", " + Figures.money(by.cost()));
  }

  /** What requests cost, a row a statistic with its interval; for tables. */
  public static Map<String, String> perRequest(Summary.Cost c) {
    Map<String, String> rows = new TreeMap<>();
    put(rows, "mean", c.perRequestMean(), c);
    put(rows, "p50", c.perRequestP50(), c);
    put(rows, "p95", c.perRequestP95(), c);
    put(rows, "p99", c.perRequestP99(), c);
    rows.put("max", money(c.perRequestMax()));
    return rows;
  }

  private static void put(
      Map<String, String> rows, String name, @Nullable Double value, Summary.Cost c) {
    Summary.Interval at = c.ci95().get(name);
    rows.put(
        name,
        value == null
            ? "n/a (%d requests)".formatted(c.requests())
            : at == null
                ? Figures.money(value)
                : "%s [%s, %s]"
                    .formatted(
                        Figures.money(value), Figures.money(at.low()), Figures.money(at.high())));
  }

  /** {@code n/a} where unknown. */
  public static String money(@Nullable Double value) {
    return value == null ? "n/a" : Figures.money(value);
  }
}
