package dev.candor.report.html;

import java.util.List;

/** A table that scrolls where the page is too narrow for it. */
final class HtmlTable {
  private HtmlTable() {}

  /**
   * @param style a CSS class
   */
  static String of(String style, List<String> head, List<List<String>> rows) {
    StringBuilder html = new StringBuilder();
    html.append("<div class=\"").append(style).append("\" tabindex=0><table><thead><tr>");
    head.forEach(cell -> html.append("<th scope=col>").append(Html.escape(cell)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(Html.escape(cell)).append("</td>"));
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }
}
