package dev.candor.report.picture;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was tried again. */
public final class RetryPictures {
  private RetryPictures() {}

  /** None where nothing was. */
  public static List<Picture> of(Analysis analysis, TimeLine time) {
    List<Picture> pictures = new ArrayList<>();
    if (analysis.windows().stream().anyMatch(window -> window.attempts() != null)) {
      pictures.add(
          new Picture(
              "attempts",
              "Attempts over time",
              "What the target was asked in each second, and what it would have been asked had"
                  + " nothing been tried again: the space between them is the retries' own load."
                  + time.thinned(),
              time.lines(
                  PlotAxis.fromZero("in a second", "requests/s"),
                  time.mean("attempts", RetryPictures::attempts),
                  time.mean("requests", window -> (double) window.arrivals()))));
    }
    Summary.Tries tries = analysis.summary().overall().tries();
    if (tries.again() > 0 && !tries.byAttempts().isEmpty()) {
      List<String> categories = new ArrayList<>();
      List<@Nullable Double> values = new ArrayList<>();
      tries
          .byAttempts()
          .forEach(
              (attempts, requests) -> {
                categories.add(attempts == 1 ? "1 attempt" : attempts + " attempts");
                values.add(requests.doubleValue());
              });
      pictures.add(
          new Picture(
              "tries",
              "Attempts a request",
              "Requests by how many attempts they took: each beyond the first was work done twice.",
              new Bars(
                  PlotAxis.fromZero("requests", ""),
                  categories,
                  List.of(new Series("requests", values)),
                  false)));
    }
    return pictures;
  }

  private static @Nullable Double attempts(Window window) {
    Integer attempts = window.attempts();
    return attempts == null ? null : Double.valueOf(attempts);
  }
}
