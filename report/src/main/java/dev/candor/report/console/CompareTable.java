package dev.candor.report.console;

import dev.candor.analysis.compare.RunComparison;
import dev.candor.analysis.compare.RunComparison.Change;
import dev.candor.analysis.compare.RunComparison.PhaseChanges;
import dev.candor.analysis.compare.RunComparison.Side;

/** A comparison of runs for the console; what differs between them first. */
public final class CompareTable {
  private static final int WIDTH = 100;
  private static final int MOST_DIFFERENCES = 20;

  private final StringBuilder text = new StringBuilder();

  private CompareTable() {}

  public static String of(RunComparison comparison) {
    CompareTable table = new CompareTable();
    table.write(comparison);
    return table.text.toString();
  }

  private void write(RunComparison comparison) {
    line("base: " + String.join(", ", comparison.base()));
    comparison.warnings().forEach(warning -> wrapped("warning: ", warning));
    comparison.sides().forEach(this::side);
    line("");
    CompareWords.notes(comparison).forEach(note -> wrapped("", note + "."));
    line(CompareWords.counts(comparison));
  }

  private void side(Side side) {
    line("new:  " + side.name());
    if (!side.differences().isEmpty()) {
      line("what differs, base -> new:");
      side.differences().stream()
          .limit(MOST_DIFFERENCES)
          .forEach(difference -> wrapped("  ", CompareWords.difference(difference)));
      if (side.differences().size() > MOST_DIFFERENCES) {
        line(
            "  and %d more (--json has them all)"
                .formatted(side.differences().size() - MOST_DIFFERENCES));
      }
    }
    side.onlyBase().forEach(phase -> line("phase " + phase + ": in the base alone"));
    side.onlySide().forEach(phase -> line("phase " + phase + ": in the new run alone"));
    side.phases().forEach(this::phase);
  }

  private void phase(PhaseChanges phase) {
    line("");
    line(
        "%-22s %10s %10s %9s  %-20s %s"
            .formatted(phase.name(), "base", "new", "change", "interval", "verdict"));
    for (Change change : phase.changes()) {
      if (!CompareWords.isShown(change)) {
        continue;
      }
      line(
          "  %-20s %10s %10s %9s  %-20s %-9s %s"
              .formatted(
                  change.metric().key().replace("cost.per_request", "cost/request"),
                  CompareWords.value(change.metric(), change.base()),
                  CompareWords.value(change.metric(), change.side()),
                  CompareWords.change(change.metric(), change.change()),
                  CompareWords.interval(change),
                  CompareWords.verdict(change),
                  CompareWords.needed(change))
              .stripTrailing());
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void wrapped(String head, String body) {
    StringBuilder line = new StringBuilder(head);
    int indent = Math.min(head.length(), 4);
    for (String word : body.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && line.length() > indent + 1) {
        line(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(indent));
      }
      line.append(word).append(' ');
    }
    line(line.toString().stripTrailing());
  }
}
