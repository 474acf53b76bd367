package dev.candor.report.picture;

import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.report.picture.Lines.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long ahead of trouble each signal told of it. */
public final class WarningPictures {

  /** More could not be told apart. */
  private static final int MOST_TROUBLES = 4;

  private WarningPictures() {}

  /** None where no signal has a lead. */
  public static List<Picture> of(EarlyWarning warning) {
    List<EarlyWarning.Row> rows =
        warning.signals().stream()
            .filter(row -> row.toMissed() != null || row.toFirstError() != null)
            .toList();
    if (rows.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Picture(
            "leads",
            "Early-warning leads",
            "Seconds from a signal's onset to the first missed SLOs and the first error, the least"
                + " of all stretches with trouble: the longest lead is the one to alert on; below"
                + " zero it came too late.",
            new Bars(
                new PlotAxis("lead", "s", PlotAxis.Scale.LINEAR, null),
                rows.stream().map(row -> row.signal().words()).toList(),
                List.of(
                    leads("before the missed SLOs", rows, true),
                    leads("before the first error", rows, false)),
                false)));
  }

  private static Series leads(String name, List<EarlyWarning.Row> rows, boolean missed) {
    List<@Nullable Double> values = new ArrayList<>();
    for (EarlyWarning.Row row : rows) {
      EarlyWarning.Lead lead = missed ? row.toMissed() : row.toFirstError();
      values.add(lead == null ? null : Double.valueOf(lead.least()));
    }
    return new Series(name, values);
  }

  /** Trouble, and the onset of the signal to alert on, as marks over time. */
  static List<Mark> marks(EarlyWarning warning) {
    List<Mark> marks = new ArrayList<>();
    for (EarlyWarning.Trouble trouble : warning.troubles().stream().limit(MOST_TROUBLES).toList()) {
      marks.add(new Mark(trouble.missedS(), "SLOs missed"));
      Double error = trouble.firstErrorS();
      if (error != null) {
        marks.add(new Mark(error, "first error"));
      }
    }
    EarlyWarning.Row best = warning.best();
    if (best != null && best.onsetS() != null) {
      marks.add(new Mark(best.onsetS(), "onset: " + best.signal().words()));
    }
    marks.sort(Comparator.comparingDouble(Mark::at));
    return marks;
  }
}
