package dev.candor.analysis.foreign;

import java.util.List;
import java.util.Optional;

/**
 * A run in one tool's words.
 *
 * @param key the tool's, {@code candor} for our own
 * @param version release or commit that the definitions are from
 * @param successful requests that the tool would have counted as successful, and {@code failed} as
 *     failed
 * @param columns the statistics that fit a console
 * @param notes why the tool itself would have said something else
 */
public record ToolReport(
    String key,
    String title,
    String version,
    long successful,
    long failed,
    List<String> columns,
    List<Figure> figures,
    List<String> notes) {
  public ToolReport {
    columns = List.copyOf(columns);
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
  }

  /** The figure that is to be compared with other tools' of the same concept. */
  public Optional<Figure> of(Concept concept) {
    return figures.stream().filter(figure -> figure.concept() == concept).findFirst();
  }
}
