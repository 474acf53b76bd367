package dev.candor.report.html;

import dev.candor.analysis.against.Against;
import dev.candor.analysis.against.AgainstJson;
import dev.candor.base.error.CandorException;
import dev.candor.report.console.AgainstTable;
import dev.candor.report.html.Section.Part;
import dev.candor.report.picture.AgainstPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A simulated run against the measured one that it was set against. */
final class AgainstSection {
  private AgainstSection() {}

  /** What {@code candor simulate --against} has left beside a run's report; none: nothing. */
  static List<Section> beside(Path report) {
    Path file = report.resolveSibling(AgainstJson.FILE);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    Section section = new Section(Part.PICTURES, "against-measured", "Simulated against measured");
    try {
      Against against = AgainstJson.read(file);
      return List.of(
          section
              .see("Measured: %s. Simulated: this run.".formatted(against.measured()))
              .pictures(AgainstPictures.of(against))
              .pre(AgainstTable.of(against)));
    } catch (CandorException e) {
      return List.of(section.see(String.valueOf(e.getMessage())));
    }
  }
}
