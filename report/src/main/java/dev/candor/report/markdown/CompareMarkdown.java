package dev.candor.report.markdown;

import dev.candor.analysis.compare.RunComparison;
import dev.candor.analysis.compare.RunComparison.Change;
import dev.candor.analysis.compare.RunComparison.PhaseChanges;
import dev.candor.analysis.compare.RunComparison.Side;
import dev.candor.analysis.compare.RunComparison.Verdict;
import dev.candor.report.console.CompareWords;
import java.util.List;
import java.util.Locale;

/** A comparison of runs for the summary of a CI job: what is worse first, the tables folded. */
public final class CompareMarkdown {
  private static final int MOST_DIFFERENCES = 20;

  private final StringBuilder text = new StringBuilder();

  private CompareMarkdown() {}

  public static String of(RunComparison comparison) {
    CompareMarkdown markdown = new CompareMarkdown();
    markdown.write(comparison);
    return markdown.text.toString();
  }

  private void write(RunComparison comparison) {
    boolean worse = comparison.count(Verdict.WORSE) > 0;
    line("### %s %s".formatted(worse ? "❌" : "✅", CompareWords.counts(comparison)));
    line("");
    line("Base: %s".formatted(codes(comparison.base())));
    comparison.warnings().forEach(warning -> line("\n> ⚠️ " + MarkdownTable.escape(warning)));
    comparison.sides().forEach(this::side);
    line("");
    CompareWords.notes(comparison).forEach(note -> line("* " + MarkdownTable.escape(note)));
  }

  private void side(Side side) {
    line("");
    line("**New:** %s".formatted(codes(side.runs())));
    if (!side.differences().isEmpty()) {
      line("");
      line("What differs:");
      line("");
      line("| key | base | new |");
      line("| --- | --- | --- |");
      side.differences().stream()
          .limit(MOST_DIFFERENCES)
          .forEach(
              each ->
                  line(
                      "| %s | %s | %s |"
                          .formatted(
                              MarkdownTable.escape(each.key()),
                              MarkdownTable.escape(each.base() == null ? "not set" : each.base()),
                              MarkdownTable.escape(
                                  each.side() == null ? "not set" : each.side()))));
      if (side.differences().size() > MOST_DIFFERENCES) {
        line("");
        line("and %d more".formatted(side.differences().size() - MOST_DIFFERENCES));
      }
    }
    side.onlyBase()
        .forEach(
            name -> line("\nPhase %s: in the base alone".formatted(MarkdownTable.escape(name))));
    side.onlySide()
        .forEach(
            name -> line("\nPhase %s: in the new run alone".formatted(MarkdownTable.escape(name))));
    side.phases().forEach(this::phase);
  }

  private void phase(PhaseChanges phase) {
    List<Change> decided =
        phase.changes().stream().filter(change -> isSure(change.verdict())).toList();
    List<Change> rest =
        phase.changes().stream()
            .filter(change -> !isSure(change.verdict()))
            .filter(CompareWords::isShown)
            .toList();
    line("");
    line("#### %s".formatted(MarkdownTable.escape(phase.name())));
    line("");
    if (!decided.isEmpty()) {
      table(decided);
      line("");
    }
    if (!rest.isEmpty()) {
      line("<details><summary>%d without a change that is sure</summary>".formatted(rest.size()));
      line("");
      table(rest);
      line("");
      line("</details>");
    }
  }

  private static boolean isSure(Verdict verdict) {
    return switch (verdict) {
      case BETTER, WORSE -> true;
      case SAME, UNDECIDED, UNKNOWN -> false;
    };
  }

  private void table(List<Change> changes) {
    line("| metric | base | new | change | | interval | verdict | to decide |");
    line("| --- | ---: | ---: | ---: | ---: | --- | --- | --- |");
    for (Change change : changes) {
      line(
          "| %s | %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  change.metric().key(),
                  CompareWords.value(change.metric(), change.base()),
                  CompareWords.value(change.metric(), change.side()),
                  CompareWords.difference(change),
                  CompareWords.change(change.metric(), change.change()),
                  CompareWords.interval(change),
                  mark(change.verdict()) + CompareWords.verdict(change).toLowerCase(Locale.ROOT),
                  CompareWords.needed(change)));
    }
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case BETTER -> "🟢 ";
      case WORSE -> "🔴 ";
      case SAME, UNDECIDED, UNKNOWN -> "";
    };
  }

  private static String codes(List<String> runs) {
    return String.join(", ", runs.stream().map(run -> "`" + run.replace("`", "'") + "`").toList());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
