package dev.candor.report.html;

import dev.candor.analysis.history.Trend;
import dev.candor.record.history.CataloguedRun;
import dev.candor.report.html.Section.Part;
import dev.candor.report.picture.TrendPictures;
import java.util.ArrayList;
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
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      sections.add(section(i + 1, series.get(i)));
    }
    if (sections.size() > 1) {
      body.append(Contents.of(sections));
    }
    sections.forEach(section -> body.append(section.html()));
    return PageShell.of(title + " – Candor", body.toString());
  }

  private static Section section(int number, Series series) {
    Trend trend = Trend.of(series.values());
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < series.values().length; i++) {
      CataloguedRun run = series.runs().get(i);
      rows.add(
          List.of(
              Long.toString(run.id()),
              run.start().toString(),
              run.verdict(),
              run.commit() == null ? "" : run.commit(),
              Cells.bound(series.values()[i]),
              word(trend.marks().get(i).kind())));
    }
    String unit = series.unit().isEmpty() ? "value" : series.unit();
    return new Section(Part.PICTURES, "figure-" + number, series.title())
        .pictures(
            List.of(
                TrendPictures.of(
                    "trend-" + number,
                    "From run to run",
                    series.unit(),
                    series.runs(),
                    trend,
                    series.values())))
        .folded("The runs", List.of("run", "start", "verdict", "commit", unit, ""), rows);
  }

  private static String word(Trend.Kind kind) {
    return switch (kind) {
      case EARLY, USUAL -> "";
      case OUTLIER -> "off alone";
      case CHANGE -> "changed";
    };
  }
}
