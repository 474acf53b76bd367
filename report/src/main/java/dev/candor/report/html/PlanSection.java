package dev.candor.report.html;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.PlanJson;
import dev.candor.base.error.CandorException;
import dev.candor.report.console.PlanTables;
import dev.candor.report.html.Section.Part;
import dev.candor.report.picture.Picture;
import dev.candor.report.picture.PlanPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan's tables with their pictures. */
final class PlanSection {
  private PlanSection() {}

  /** The plan that {@code candor plan --out} has left beside a run's report; none: nothing. */
  static List<Section> beside(Path report) {
    Path file = report.resolveSibling("plan.json");
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    Section head = new Section(Part.PICTURES, "plan", "Capacity plan");
    try {
      CapacityPlan plan = PlanJson.read(file);
      List<Section> sections = new ArrayList<>();
      sections.add(head.sentence(plan.sentence()).sentence(PlanTables.peak(plan)));
      sections.addAll(of(plan));
      return sections;
    } catch (CandorException e) {
      return List.of(head.see(String.valueOf(e.getMessage())));
    }
  }

  static List<Section> of(CapacityPlan plan) {
    List<Section> sections = new ArrayList<>();
    for (PlanTables.Table table : PlanTables.of(plan)) {
      Section section =
          new Section(
                  Part.PICTURES,
                  "plan-" + table.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"),
                  table.title())
              .see(table.see());
      Picture picture = picture(table.title(), plan);
      if (picture != null) {
        section.pictures(List.of(picture));
      }
      sections.add(section.facts(table.columns(), table.rows()));
    }
    if (!plan.notes().isEmpty()) {
      sections.add(
          new Section(Part.PICTURES, "plan-notes", "Notes on the plan").list(plan.notes()));
    }
    return sections;
  }

  private static @Nullable Picture picture(String title, CapacityPlan plan) {
    return switch (title) {
      case "What binds" -> PlanPictures.needs(plan);
      case "What if" -> PlanPictures.variations(plan.variations());
      case "Over the day" ->
          PlanPictures.day(plan.day(), plan.fleets().getFirst().replicas().likely());
      default -> null;
    };
  }
}
