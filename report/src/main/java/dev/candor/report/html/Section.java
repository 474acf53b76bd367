package dev.candor.report.html;

import dev.candor.report.picture.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A section of a page, while it is written. */
final class Section {

  /** For whom it is. */
  enum Part {
    PICTURES("Pictures"),
    TABLES("Tables and settings");

    private final String title;

    Part(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private final Part part;
  private final String id;
  private final String title;
  private final StringBuilder inside = new StringBuilder();

  /**
   * An empty one.
   *
   * @param id unique on its page, of lower-case letters and dashes
   * @param title as text
   */
  Section(Part part, String id, String title) {
    this.part = part;
    this.id = id;
    this.title = title;
  }

  Part part() {
    return part;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  /** A sentence of its own line, without its full stop; null: none. */
  Section sentence(@Nullable String sentence) {
    return sentence == null ? this : see(sentence + ".");
  }

  /** What to see, in muted words. */
  Section see(String text) {
    inside.append("<p class=see>").append(Html.escape(text)).append("</p>\n");
    return this;
  }

  Section heading(String text) {
    inside.append("<h3>").append(Html.escape(text)).append("</h3>\n");
    return this;
  }

  /** One below the other. */
  Section pictures(List<Picture> pictures) {
    pictures.forEach(picture -> inside.append(PictureHtml.of(picture)));
    return this;
  }

  /** Side by side where there is room. */
  Section smallPictures(List<Picture> pictures) {
    inside.append("<div class=pictures>\n");
    pictures(pictures);
    inside.append("</div>\n");
    return this;
  }

  Section table(List<String> head, List<List<String>> rows) {
    inside.append(HtmlTable.of("scroll", head, rows)).append('\n');
    return this;
  }

  /** A table of a name and a longer text each. */
  Section facts(List<String> head, List<List<String>> rows) {
    inside.append(HtmlTable.of("scroll facts", head, rows)).append('\n');
    return this;
  }

  /** A table that is shown when asked for. */
  Section folded(String summary, List<String> head, List<List<String>> rows) {
    inside
        .append("<details><summary>")
        .append(Html.escape(summary))
        .append("</summary>")
        .append(HtmlTable.of("scroll", head, rows))
        .append("</details>\n");
    return this;
  }

  Section list(List<String> items) {
    inside.append("<ul class=bands>");
    items.forEach(item -> inside.append("<li>").append(Html.escape(item)).append("</li>"));
    inside.append("</ul>\n");
    return this;
  }

  Section pre(String text) {
    inside.append("<pre tabindex=0>").append(Html.escape(text)).append("</pre>\n");
    return this;
  }

  String html() {
    return "<section id=\"%s\"><h2>%s</h2>\n%s</section>\n"
        .formatted(id, Html.escape(title), inside);
  }
}
