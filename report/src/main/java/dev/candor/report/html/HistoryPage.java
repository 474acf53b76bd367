package dev.candor.report.html;

import dev.candor.analysis.history.Trend;
import dev.candor.record.history.CataloguedRun;
import java.io.IOException;
import java.util.List;

/** A history's figures from run to run: one file without a script, that opens offline. */
public final class HistoryPage {
  private static final String STYLE =
      ".dot{fill:currentColor;opacity:.55}.dot.change{fill:#c62828;opacity:1}.dot.outlier{fill:#e69f00;opacity:1}";

  private HistoryPage() {}

  /**
   * A figure of a scenario's runs.
   *
   * @param runs those that have it, in their order; {@code values} one a run
   */
  public record Series(String title, List<CataloguedRun> runs, double[] values) {}

  /** The page. */
  public static String of(String title, List<Series> series) throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=en><meta charset=utf-8>")
        .append("<meta name=viewport content=\"width=device-width,initial-scale=1\">")
        .append(
            "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">")
        .append("<title>")
        .append(Html.escape(title))
        .append(" – Candor</title><style>")
        .append(HtmlReport.css())
        .append(STYLE)
        .append("</style><main><header><p class=kicker>Candor</p><h1>")
        .append(Html.escape(title))
        .append(
            "</h1><p class=see>A point a run, by its number; red where the level changed, orange what is off alone.</p></header>");
    for (Series each : series) {
      html.append("<section><h2>")
          .append(Html.escape(each.title()))
          .append("</h2>")
          .append(TrendChart.svg(each.title(), each.runs(), each.values(), Trend.of(each.values())))
          .append("</section>");
    }
    return html.append("</main></html>\n").toString();
  }
}
