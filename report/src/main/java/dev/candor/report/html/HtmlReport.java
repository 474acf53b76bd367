package dev.candor.report.html;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.report.html.Section.Part;
import dev.candor.scenario.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes report.html: one file with a reference to nothing outside it, so that it opens offline and
 * can be mailed. Made for three readers: the verdict and the figures that matter, then the
 * pictures, then the tables.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /**
   * Writes the report.
   *
   * @param slos of the scenario's request classes
   * @param settings the scenario as resolved, secrets out
   * @param file what {@code candor plan} and {@code candor simulate --against} left beside it is
   *     shown too
   */
  public static void write(Analysis analysis, Collection<Slo> slos, String settings, Path file)
      throws IOException {
    List<Section> sections = new ArrayList<>(PictureSections.of(analysis, file));
    sections.addAll(TableSections.of(analysis));
    sections.add(
        new Section(Part.TABLES, "settings", "Settings")
            .see("The scenario as it was resolved, secrets left out.")
            .pre(settings));
    Summary summary = analysis.summary();
    StringBuilder body = new StringBuilder(Head.of(analysis, Bounds.of(slos)));
    // The first picture before the contents: it is to be on the first screen.
    body.append(sections.getFirst().html()).append(Contents.of(sections));
    sections.stream().skip(1).forEach(section -> body.append(section.html()));
    Files.writeString(file, PageShell.of(summary.scenario() + " – Candor", body.toString()));
  }
}
