package dev.candor.report.html;

import dev.candor.record.history.CataloguedRun;
import dev.candor.report.picture.TrendPictures;
import java.util.List;

/** A history's figures from run to run: one file that opens offline. */
public final class HistoryPage {
  private HistoryPage() {}

  /**
   * A figure of a scenario's runs.
   *
   * @param unit of the values; empty: a number
   * @param runs those that have it, in their order; {@code values} one a run
   */
  public record Series(String title, String unit, List<CataloguedRun> runs, double[] values) {}

  /** The page. */
  public static String of(String title, List<Series> series) {
    StringBuilder body =
        new StringBuilder("<header><p class=kicker>Candor</p><h1>")
            .append(Html.escape(title))
            .append(
                "</h1><p class=see>A point a run, by its number; marked where the level changed,"
                    + " apart what is off alone.</p></header>\n");
    for (int i = 0; i < series.size(); i++) {
      Series each = series.get(i);
      body.append(
          PictureHtml.of(
              TrendPictures.of(
                  "trend-" + (i + 1), each.title(), each.unit(), each.runs(), each.values())));
    }
    return PageShell.of(title + " – Candor", body.toString());
  }
}
