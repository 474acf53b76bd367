package dev.candor.report.html;

import dev.candor.report.html.Section.Part;
import java.util.List;

/** The table of contents of a page. */
final class Contents {
  private Contents() {}

  static String of(List<Section> sections) {
    StringBuilder html = new StringBuilder("<nav class=contents aria-label=Contents>\n");
    for (Part part : Part.values()) {
      List<Section> own = sections.stream().filter(section -> section.part() == part).toList();
      if (!own.isEmpty()) {
        html.append("<p>").append(part.title()).append("</p><ul>");
        own.forEach(
            section ->
                html.append("<li><a href=\"#")
                    .append(section.id())
                    .append("\">")
                    .append(Html.escape(section.title()))
                    .append("</a></li>"));
        html.append("</ul>\n");
      }
    }
    return html.append("</nav>\n").toString();
  }
}
