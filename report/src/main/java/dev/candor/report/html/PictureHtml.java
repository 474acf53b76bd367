package dev.candor.report.html;

import dev.candor.report.picture.Bars;
import dev.candor.report.picture.Heat;
import dev.candor.report.picture.Lines;
import dev.candor.report.picture.Picture;
import dev.candor.report.picture.PictureJson;
import dev.candor.report.picture.Points;
import dev.candor.report.picture.Waterfall;

/**
 * The place of a picture in a page: its title, what to see, its data, and room to draw it in, which
 * pictures.js does once it comes into view.
 */
public final class PictureHtml {
  private PictureHtml() {}

  /** The element; the page must be a {@link PageShell}. */
  public static String of(Picture picture) {
    String id = Html.escape(picture.id());
    return "<figure class=picture id=\"%s\" aria-labelledby=\"%s-title\">".formatted(id, id)
        + "<figcaption><h3 id=\"%s-title\">%s</h3><p class=see>%s</p></figcaption>"
            .formatted(id, Html.escape(picture.title()), Html.escape(picture.see()))
        + "<div class=\"plot %s\"%s></div>".formatted(kind(picture), rows(picture))
        + "<script type=\"application/json\">"
        + inert(PictureJson.of(picture))
        + "</script></figure>\n";
  }

  /** JSON that no HTML parser can mistake for the end of its element. */
  static String inert(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static String kind(Picture picture) {
    return switch (picture.plot()) {
      case Lines _ -> "lines";
      case Heat _ -> "heat";
      case Waterfall _ -> "waterfall";
      case Points _ -> "points";
      case Bars _ -> "bars";
    };
  }

  /** Room is kept for as many requests as there are, so that the page does not move later. */
  private static String rows(Picture picture) {
    return picture.plot() instanceof Waterfall waterfall
        ? " style=\"--rows:%d\"".formatted(waterfall.requests().size())
        : "";
  }
}
