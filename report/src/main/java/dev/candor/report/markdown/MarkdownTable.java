package dev.candor.report.markdown;

import java.util.List;
import java.util.stream.Collectors;

/** A table of GitHub's Markdown: cells are text, whatever is in them. */
public final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  /**
   * @param numbers whether the columns but the first are set to the right
   */
  public MarkdownTable(List<String> titles, boolean numbers) {
    row(titles);
    text.append("| --- |")
        .append((numbers ? " ---: |" : " --- |").repeat(titles.size() - 1))
        .append('\n');
  }

  /** Adds a row. */
  public void row(List<String> cells) {
    text.append(
            cells.stream()
                .map(MarkdownTable::escape)
                .collect(Collectors.joining(" | ", "| ", " |")))
        .append('\n');
  }

  /** Text that stands for itself: no table's bar, no tag, no link, no emphasis. */
  public static String escape(String cell) {
    return cell.replaceAll("([\\\\`*_|~]|](?=\\())", "\\\\$1")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("\\R", " ");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
