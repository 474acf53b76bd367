package dev.candor.report.picture;

import dev.candor.analysis.against.Against;
import dev.candor.analysis.against.Metric;
import dev.candor.report.picture.Points.Cloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a simulation said against what was measured. */
public final class AgainstPictures {
  private static final List<String> LATENCIES = List.of("ttft", "itl", "e2e");

  private AgainstPictures() {}

  /** None where they have no phase in common. */
  public static List<Picture> of(Against against) {
    List<Picture> pictures = new ArrayList<>();
    List<Cloud> clouds =
        LATENCIES.stream()
            .map(latency -> cloud(latency, against.phases()))
            .filter(cloud -> !cloud.x().isEmpty())
            .toList();
    if (!clouds.isEmpty()) {
      pictures.add(
          new Picture(
              "against",
              "Latencies, simulated against measured",
              "A point is a statistic of a phase. On the line the simulation was right; above it,"
                  + " it was too slow.",
              new Points(
                  PlotAxis.log("measured", "ms"),
                  PlotAxis.log("simulated", "ms"),
                  clouds,
                  List.of(equal(clouds)))));
    }
    if (!against.meanErrors().isEmpty()) {
      pictures.add(errors(against));
    }
    return pictures;
  }

  private static Cloud cloud(String latency, List<Against.Pair> phases) {
    List<Double> measured = new ArrayList<>();
    List<Double> simulated = new ArrayList<>();
    for (Against.Pair phase : phases) {
      for (Against.Figure figure : phase.figures()) {
        Double was = figure.measured();
        Double said = figure.predicted();
        if (figure.metric().key().startsWith(latency + ".")
            && was != null
            && said != null
            && was > 0
            && said > 0) {
          measured.add(was);
          simulated.add(said);
        }
      }
    }
    return new Cloud(latency.toUpperCase(Locale.ROOT), measured, simulated);
  }

  private static Cloud equal(List<Cloud> clouds) {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Cloud cloud : clouds) {
      for (int i = 0; i < cloud.x().size(); i++) {
        least = Math.min(least, Math.min(cloud.x().get(i), cloud.y().get(i)));
        most = Math.max(most, Math.max(cloud.x().get(i), cloud.y().get(i)));
      }
    }
    return new Cloud("equal", List.of(least, most), List.of(least, most));
  }

  private static Picture errors(Against against) {
    List<String> keys = new ArrayList<>();
    List<@Nullable Double> errors = new ArrayList<>();
    for (Metric metric : Metric.ALL) {
      Double error = against.meanErrors().get(metric.key());
      if (error != null) {
        keys.add(metric.key());
        errors.add(100 * error);
      }
    }
    return new Picture(
        "against-errors",
        "Error of the simulation by figure",
        "The mean over the phases, without its sign; of shares in percentage points.",
        new Bars(
            PlotAxis.fromZero("error", "%"),
            keys,
            List.of(new Series("mean absolute error", errors)),
            false));
  }
}
