package dev.candor.report.console;

import dev.candor.analysis.foreign.Concept;
import dev.candor.analysis.foreign.Figure;
import dev.candor.analysis.foreign.ToolReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run in other tools' words, in 80 columns: one tool's whole table, or all side by side. */
public final class OtherToolsTable {
  private static final int WIDTH = 80;
  private static final int VALUE = 8;

  /** Concepts with a median and a p99 each, all shown in milliseconds. */
  private static final List<Concept> TIMES =
      List.of(Concept.TTFT, Concept.ITL, Concept.TPOT, Concept.LATENCY);

  private OtherToolsTable() {}

  /** All that {@code report}'s tool says. */
  public static String one(ToolReport report) {
    StringBuilder text = new StringBuilder();
    for (String line : wrapped("", report.title() + " (" + report.version() + ")")) {
      text.append(line).append('\n');
    }
    text.append("  %d successful, %d failed\n".formatted(report.successful(), report.failed()));
    int label = WIDTH - VALUE * report.columns().size();
    text.append(" ".repeat(label));
    report.columns().forEach(column -> text.append(right(column, VALUE)));
    text.append('\n');
    for (Figure figure : report.figures()) {
      String unit = figure.unit().isEmpty() ? "" : " (" + figure.unit() + ")";
      String name = "  " + figure.label() + unit;
      text.append(figure.isSingle() ? name : left(name, label));
      if (figure.isSingle()) {
        text.append(": ").append(shown(figure.value()));
      } else {
        for (String column : report.columns()) {
          text.append(right(shown(figure.stats().get(column)), VALUE));
        }
      }
      text.append('\n');
    }
    notes(text, report.notes());
    return text.toString();
  }

  /** The figures that mean the same, or claim to. */
  public static String sideBySide(List<ToolReport> reports) {
    StringBuilder text = new StringBuilder();
    text.append("one run in the words of each: median and p99 in milliseconds\n");
    text.append(" ".repeat(15));
    for (Concept concept : TIMES) {
      text.append(right(name(concept), 2 * VALUE));
    }
    text.append('\n').append(" ".repeat(15));
    for (int i = 0; i < TIMES.size(); i++) {
      text.append(right("p50", VALUE)).append(right("p99", VALUE));
    }
    text.append('\n');
    for (ToolReport report : reports) {
      text.append(left(report.key(), 15));
      for (Concept concept : TIMES) {
        Optional<Figure> figure = report.of(concept);
        text.append(right(figure.map(f -> inMs(f, f.median())).orElse("-"), VALUE));
        text.append(right(figure.map(f -> inMs(f, f.p99())).orElse("-"), VALUE));
      }
      text.append('\n');
    }
    text.append('\n').append(" ".repeat(15));
    for (String column : List.of("ok", "failed", "req/s", "tok/s", "ITL mean", "samples")) {
      text.append(right(column, 10));
    }
    text.append('\n');
    for (ToolReport report : reports) {
      Optional<Figure> itl = report.of(Concept.ITL);
      text.append(left(report.key(), 15))
          .append(right(Long.toString(report.successful()), 10))
          .append(right(Long.toString(report.failed()), 10))
          .append(right(single(report, Concept.REQUEST_RATE), 10))
          .append(right(single(report, Concept.OUTPUT_RATE), 10))
          .append(right(itl.map(f -> inMs(f, mean(f))).orElse("-"), 10))
          .append(right(itl.map(f -> Long.toString(f.count())).orElse("-"), 10))
          .append('\n');
    }
    text.append('\n');
    wrapped(
            "",
            "Why they differ, and each one's formulas: docs/other-tools.md; all that one says: --as NAME.")
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static String name(Concept concept) {
    return switch (concept) {
      case TTFT -> "TTFT";
      case ITL -> "ITL";
      case TPOT -> "TPOT";
      case LATENCY -> "latency";
      case OUTPUT_RATE -> "tok/s";
      case REQUEST_RATE -> "req/s";
    };
  }

  private static @Nullable Double mean(Figure figure) {
    Double mean = figure.stats().get("mean");
    return mean == null ? figure.stats().get("avg") : mean;
  }

  private static String inMs(Figure figure, @Nullable Double value) {
    return value == null ? "n/a" : shown(figure.unit().equals("s") ? value * 1000 : value);
  }

  private static String single(ToolReport report, Concept concept) {
    return report.of(concept).map(figure -> shown(figure.value())).orElse("-");
  }

  /** At most seven characters, as many digits as they hold. */
  private static String shown(@Nullable Double value) {
    if (value == null) {
      return "n/a";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 10_000_000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(
        Locale.ROOT,
        size < 10 ? "%.4f" : size < 1000 ? "%.2f" : size < 10_000 ? "%.1f" : "%.0f",
        value);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(1, width - text.length())) + text;
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static void notes(StringBuilder text, List<String> notes) {
    for (String note : notes) {
      wrapped("  - ", note).forEach(line -> text.append(line).append('\n'));
    }
  }

  private static List<String> wrapped(String prefix, String words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(prefix);
    for (String word : words.split(" ")) {
      if (line.length() + word.length() > WIDTH && line.length() > prefix.length()) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(prefix.length()));
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
