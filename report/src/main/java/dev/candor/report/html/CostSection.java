package dev.candor.report.html;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Bin;
import dev.candor.analysis.Summary;
import dev.candor.report.console.CostLines;
import dev.candor.report.console.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the run cost by phase and request, and what of it nobody had anything of. */
final class CostSection {
  private static final int WIDTH = 720;
  private static final int LEFT = 96;
  private static final int ROW = 30;
  private static final int BAR = 20;

  /** Room to the right of the longest bar, for its figures. */
  private static final int RIGHT = 310;

  private CostSection() {}

  /** Empty where nothing is known of money and no token was wasted. */
  static String of(Analysis analysis) {
    Summary.Phase all = analysis.summary().overall();
    List<Summary.WastedBy> wasted =
        all.waste().causes().stream()
            .filter(by -> by.inputTokens() + by.outputTokens() > 0 || known(by) > 0)
            .toList();
    Summary.Cost cost = all.cost();
    if (cost == null && wasted.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section><h2>Cost</h2>");
    if (cost != null) {
      html.append("<p class=see>")
          .append(
              "A request is all its attempts. What was cut off is billed for its prompt and for the tokens that had come; what was refused is not billed. In ")
          .append(Html.escape(cost.currency()))
          .append(".</p>")
          .append(byPhase(analysis.summary()))
          .append(perRequest(analysis, cost.currency()));
    }
    if (!wasted.isEmpty()) {
      html.append("<h3>Wasted: tokens whose answer no user saw</h3>")
          .append(bars(wasted, cost == null ? "" : cost.currency()));
    }
    return html.append("</section>").toString();
  }

  /** A column a phase. */
  private static String byPhase(Summary summary) {
    List<Summary.Phase> phases = new ArrayList<>(summary.phases());
    if (phases.size() > 1) {
      phases.add(summary.overall());
    }
    List<String> head = new ArrayList<>(List.of(""));
    List<Summary.Cost> costs = new ArrayList<>();
    for (Summary.Phase phase : phases) {
      if (phase.cost() != null) {
        head.add(phase.name());
        costs.add(phase.cost());
      }
    }
    List<List<String>> rows = new ArrayList<>();
    row(rows, "total", costs, cost -> Figures.money(cost.total()));
    row(rows, "of it wasted", costs, cost -> Figures.money(cost.wasted()));
    for (String name : List.of("mean", "p50", "p95", "p99", "max")) {
      row(
          rows,
          "a request, " + name,
          costs,
          cost -> CostLines.perRequest(cost).getOrDefault(name, "n/a"));
    }
    row(rows, "an answer", costs, cost -> CostLines.money(cost.perSuccess()));
    row(rows, "a good answer", costs, cost -> CostLines.money(cost.perGood()));
    row(rows, "a session", costs, cost -> CostLines.money(cost.perSession()));
    row(rows, "a million tokens", costs, cost -> CostLines.money(cost.perMillionTokens()));
    return HtmlTable.of("scroll", head, rows);
  }

  private static void row(
      List<List<String>> rows,
      String title,
      List<Summary.Cost> costs,
      Function<Summary.Cost, String> value) {
    List<String> row = new ArrayList<>(List.of(title));
    costs.forEach(cost -> row.add(value.apply(cost)));
    rows.add(row);
  }

  /** Of a thousand requests, whose cost has digits before the point. */
  private static String perRequest(Analysis analysis, String currency) {
    List<Bin> bins =
        analysis.distributions().getOrDefault("cost", List.of()).stream()
            .map(bin -> new Bin(bin.low() * 1000, bin.high() * 1000, bin.count()))
            .toList();
    return bins.isEmpty()
        ? ""
        : "<h3>What a request cost</h3>"
            + BarChart.svg(bins, "s1", "Cost distribution", currency + " a thousand such requests");
  }

  private static String bars(List<Summary.WastedBy> wasted, String currency) {
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"Waste by cause\">"
                .formatted(WIDTH, ROW * wasted.size()));
    boolean money = wasted.stream().anyMatch(by -> known(by) > 0);
    double longest =
        wasted.stream().mapToDouble(by -> money ? known(by) : tokens(by)).max().orElse(1);
    int y = 0;
    for (Summary.WastedBy by : wasted) {
      double width = (money ? known(by) : tokens(by)) / longest * (WIDTH - LEFT - RIGHT);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=tick text-anchor=end x=%d y=%d>%s</text><rect class=p4 x=%d y=%d width=%.1f height=%d></rect><text class=tick x=%.1f y=%d>%s</text>",
              LEFT - 6,
              y + 19,
              Html.escape(by.cause()),
              LEFT,
              y + 5,
              Math.max(0.8, width),
              BAR,
              LEFT + Math.max(0.8, width) + 6,
              y + 19,
              Html.escape(words(by, currency))));
      y += ROW;
    }
    return svg.append("</svg>").toString();
  }

  private static String words(Summary.WastedBy by, String currency) {
    return "%s attempts, %s in, %s out%s"
        .formatted(
            Figures.number(by.attempts()),
            Figures.number(by.inputTokens()),
            Figures.number(by.outputTokens()),
            by.cost() == null ? "" : ", " + Figures.money(by.cost()) + " " + currency);
  }

  private static double known(Summary.WastedBy by) {
    return by.cost() == null ? 0 : by.cost();
  }

  private static double tokens(Summary.WastedBy by) {
    return (double) by.inputTokens() + by.outputTokens();
  }
}
