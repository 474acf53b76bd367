package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.CacheTable;
import dev.candor.report.picture.CachePictures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One scenario in several states of the cache, side by side: one file that opens offline. */
public final class CachePage {
  private CachePage() {}

  /**
   * The page.
   *
   * @param states the first is what the others are compared with
   * @param verdicts of each, in words
   */
  public static String of(String scenario, List<CacheTable.Column> states, List<String> verdicts) {
    Map<String, Summary.Phase> phases = new LinkedHashMap<>();
    states.forEach(column -> phases.put(column.state(), column.overall()));
    StringBuilder body =
        new StringBuilder("<header><p class=kicker>Candor</p><h1>")
            .append(Html.escape(scenario))
            .append(": states of the cache</h1><p class=see>")
            .append("The same load on each. What differs is what the cache did.")
            .append("</p><ul class=bands>");
    verdicts.forEach(verdict -> body.append("<li>").append(Html.escape(verdict)).append("</li>"));
    body.append("</ul></header>\n<section><h2>Side by side</h2><div class=pictures>\n");
    CachePictures.of(phases).forEach(picture -> body.append(PictureHtml.of(picture)));
    body.append("</div></section>\n<section><h2>As numbers</h2><pre tabindex=0>")
        .append(Html.escape(CacheTable.render(states)))
        .append("</pre></section>\n");
    return PageShell.of(scenario + ": states of the cache – Candor", body.toString());
  }
}
