package dev.candor.report.markdown;

import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import dev.candor.report.console.Figures;
import dev.candor.report.console.ThresholdWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes summary.md: a run on one page of a CI job, or of a pull request. */
public final class MarkdownSummary {
  private final Summary summary;
  private final List<Summary.Phase> columns = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private MarkdownSummary(Summary summary) {
    this.summary = summary;
    columns.addAll(summary.phases());
    if (columns.size() != 1) {
      columns.add(summary.overall());
    }
  }

  public static void write(Summary summary, Path file) throws IOException {
    Files.writeString(file, text(summary));
  }

  /** The page. */
  public static String text(Summary summary) {
    return new MarkdownSummary(summary).page();
  }

  private String page() {
    text.append("### ")
        .append(mark(summary.verdict()))
        .append(' ')
        .append(MarkdownTable.escape(summary.scenario()))
        .append("\n\n")
        .append(MarkdownTable.escape(summary.verdictReason()))
        .append("\n\n");
    thresholds();
    figures();
    notes();
    return text.toString();
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✅";
      case FAIL -> "❌";
      case INVALID, ERROR, INTERRUPTED -> "⚠️";
    };
  }

  private void thresholds() {
    if (summary.thresholds().isEmpty()) {
      return;
    }
    MarkdownTable table = new MarkdownTable(List.of("threshold", "found", ""), false);
    for (Summary.ThresholdResult each : summary.thresholds()) {
      String why = each.why() == null ? "" : ": " + each.why();
      table.row(
          List.of(
              each.expr(),
              ThresholdWords.value(each),
              (each.ok() ? "✅ " : "❌ ") + ThresholdWords.state(each) + why));
    }
    text.append(table).append('\n');
  }

  private void figures() {
    List<String> titles = new ArrayList<>(List.of(""));
    columns.forEach(phase -> titles.add(phase.name()));
    MarkdownTable table = new MarkdownTable(titles, true);
    row(table, "requests", phase -> Figures.number(phase.requests().intended()));
    row(table, "failed", phase -> Figures.number(phase.requests().failed()));
    row(
        table,
        "goodput",
        phase ->
            phase.goodput().ratio() == null || phase.goodput().slo().isEmpty()
                ? null
                : Figures.percent(phase.goodput().ratio()));
    for (String latency : List.of("ttft", "itl", "e2e")) {
      row(table, latency + " p50", phase -> percentile(phase, latency, Summary.Latency::p50));
      row(table, latency + " p99", phase -> percentile(phase, latency, Summary.Latency::p99));
    }
    row(table, "output tokens/s", phase -> Figures.number(phase.rates().outputTps()));
    row(table, "requests/s", phase -> Figures.number(phase.rates().requests()));
    row(table, "cost", MarkdownSummary::cost);
    text.append(table).append('\n');
  }

  private static @Nullable String percentile(
      Summary.Phase phase, String latency, Function<Summary.Latency, @Nullable Double> which) {
    Summary.Latency found = phase.latency().get(latency);
    Double value = found == null ? null : which.apply(found);
    return value == null ? null : Figures.ms(value);
  }

  private static @Nullable String cost(Summary.Phase phase) {
    Summary.Cost cost = phase.cost();
    return cost == null ? null : Figures.money(cost.total()) + " " + cost.currency();
  }

  /** A row that no column has anything in is left out. */
  private void row(
      MarkdownTable table, String title, Function<Summary.Phase, @Nullable String> value) {
    List<String> cells = new ArrayList<>(List.of(title));
    boolean any = false;
    for (Summary.Phase phase : columns) {
      String cell = value.apply(phase);
      any |= cell != null;
      cells.add(cell == null ? "n/a" : cell);
    }
    if (any) {
      table.row(cells);
    }
  }

  private void notes() {
    if (summary.notes().isEmpty()) {
      return;
    }
    text.append("<details><summary>Notes</summary>\n\n");
    summary
        .notes()
        .forEach(note -> text.append("* ").append(MarkdownTable.escape(note)).append('\n'));
    text.append("\n</details>\n");
  }
}
