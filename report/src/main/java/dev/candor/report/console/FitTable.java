package dev.candor.report.console;

import dev.candor.analysis.fit.FitCheck;
import dev.candor.analysis.fit.Fitted;
import dev.candor.analysis.fit.FittedLimit;
import dev.candor.analysis.fit.FittedValue;
import dev.candor.analysis.fit.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fitted engine, and the check of a fit, in 80 columns. */
public final class FitTable {
  private static final int WIDTH = 80;
  private static final int KEY = 24;

  private final StringBuilder text = new StringBuilder();

  private FitTable() {}

  /** Each coefficient with its interval, the limits, and which load would tell the rest. */
  public static String of(Fitted fitted) {
    FitTable table = new FitTable();
    table.fitted(fitted);
    return table.text.toString();
  }

  /** Predicted beside measured, a step left out at a time. */
  public static String of(FitCheck check) {
    FitTable table = new FitTable();
    table.check(check);
    return table.text.toString();
  }

  private void fitted(Fitted fitted) {
    line(row("step", "value", "95 % interval", ""));
    for (FittedValue each : fitted.coefficients()) {
      boolean known = each.status() != FittedValue.Status.NOT_IDENTIFIED;
      line(
          row(
              each.coefficient().key(),
              ValueText.of(each.coefficient(), each.value()),
              known ? ValueText.interval(each) : "",
              each.status() == FittedValue.Status.FITTED ? "" : each.status().words()));
    }
    line("");
    line(row("limits, cache", "value", "", ""));
    for (FittedLimit each : fitted.limits()) {
      line(row(each.key(), each.value(), each.identified() ? "" : "not identified", ""));
    }
    line("");
    List<String> notes = new ArrayList<>();
    for (FittedValue each : fitted.coefficients()) {
      if (!each.note().isEmpty()) {
        notes.add(each.coefficient().key() + ": " + each.note());
      }
    }
    fitted.limits().forEach(each -> notes.add(each.key() + ": " + each.note()));
    notes.addAll(fitted.notes());
    notes.forEach(each -> wrapped("  * ", each));
    line("");
    wrapped(
        "",
        String.format(
            Locale.ROOT,
            "%d steps, %.1f %% around the formula; %s",
            fitted.steps(),
            100 * fitted.spread(),
            fitted.error()));
  }

  private static String row(String key, String value, String interval, String status) {
    return ("%-" + KEY + "s%10s  %-24s%s").formatted(key, value, interval, status);
  }

  private void check(FitCheck check) {
    line("Each step predicted by a fit to all others: measured, predicted, error.");
    line("");
    for (FitCheck.Step step : check.steps()) {
      line(
          step.phase()
              + (check.steps().getFirst().run().equals(step.run()) ? "" : " of " + step.run()));
      double[] measured = step.measured().all();
      double[] predicted = step.predicted().all();
      double[] errors = step.errors();
      String[] names = {"TTFT p50", "TTFT p99", "ITL p50", "ITL p99", "output tok/s"};
      for (int i = 0; i < names.length; i++) {
        String unit = i < 4 ? "ms" : "  ";
        line(
            String.format(
                Locale.ROOT,
                "  %-14s%12s %s%12s %s %+9.1f %%",
                names[i],
                Figures.number(measured[i]),
                unit,
                Figures.number(predicted[i]),
                unit,
                100 * errors[i]));
      }
      int failed = names.length;
      line(
          "  %-14s%12s   %12s"
              .formatted(
                  "failed", Figures.percent(measured[failed]), Figures.percent(predicted[failed])));
      step.notes().forEach(note -> wrapped("  * ", note));
    }
    line("");
    line(String.format(Locale.ROOT, "worst latency: %.1f %% off", 100 * check.worst()));
  }

  private void line(String content) {
    text.append(content.stripTrailing()).append('\n');
  }

  private void wrapped(String head, String content) {
    StringBuilder line = new StringBuilder(head);
    boolean empty = true;
    for (String word : content.split(" ")) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line = new StringBuilder(" ".repeat(head.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    line(line.toString());
  }
}
