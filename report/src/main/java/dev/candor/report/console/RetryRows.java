package dev.candor.report.console;

import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.List;

/** What became of retries in rows of text, the same for the console and the HTML report. */
public final class RetryRows {
  private RetryRows() {}

  /**
   * @param label of at most 10 characters
   */
  public record Row(String label, String text) {}

  /** None where nothing was tried again, or could have been. */
  public static List<Row> of(Summary.Phase phase) {
    Summary.Tries tries = phase.tries();
    List<Row> rows = new ArrayList<>();
    if (tries.again() == 0 && tries.givenUp().isEmpty()) {
      return rows;
    }
    rows.add(
        new Row(
            "attempts",
            "%s, %s a request: %s"
                .formatted(
                    Figures.number(phase.attempts()),
                    Figures.number(phase.retryAmplification()),
                    Figures.counts(tries.outcomes()))));
    Double waiting = tries.waitingShare();
    rows.add(
        new Row(
            "retries",
            "%s requests tried again, %s completed in the end%s"
                .formatted(
                    Figures.number(tries.again()),
                    Figures.number(tries.recovered()),
                    waiting == null
                        ? ""
                        : "; %s of their time they waited for it"
                            .formatted(Figures.percent(waiting)))));
    if (!tries.givenUp().isEmpty()) {
      rows.add(new Row("given up", Figures.counts(tries.givenUp())));
    }
    return rows;
  }
}
