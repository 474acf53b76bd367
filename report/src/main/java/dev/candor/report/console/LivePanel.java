package dev.candor.report.console;

import dev.candor.analysis.LimitReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal shows of a run: its figures so far, and beside them how the last seconds went.
 * Lines without control codes. <b>For one thread.</b>
 */
final class LivePanel {
  /** More than any terminal has columns for. */
  private static final int MOST_SECONDS = 300;

  private static final int LONGEST_BAR = 24;

  /** Columns of label and figures, ahead of a sparkline. */
  private static final int FIGURES = 32;

  /** Columns of a sparkline's highest value, behind it. */
  private static final int TOP = 13;

  /** A shorter sparkline shows nothing. */
  private static final int LEAST_SPARK = 10;

  private final boolean blocks;
  private final ArrayDeque<LiveSecond> seconds = new ArrayDeque<>();

  /** What a line is, for those who colour it. */
  enum Tone {
    PLAIN,
    FAINT,
    WARNING
  }

  record Line(String text, Tone tone) {}

  LivePanel(boolean blocks) {
    this.blocks = blocks;
  }

  /** Adds what a snapshot tells of the seconds before it. */
  void add(List<LiveSecond> over) {
    seconds.addAll(over);
    while (seconds.size() > MOST_SECONDS) {
      var _ = seconds.poll();
    }
  }

  /** The lines, of {@code width} columns at most. */
  List<Line> lines(LiveSnapshot s, int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(plain(progress(s, width)));
    lines.add(
        plain(
            "users %d  in flight %d  completed %d  failed %d%s"
                .formatted(
                    s.users(),
                    s.inFlight(),
                    s.completed(),
                    s.failed(),
                    s.errors().isEmpty() ? "" : " " + s.errors())));
    int spark = Math.min(width - FIGURES - TOP, seconds.size());
    boolean sparks = width - FIGURES - TOP >= LEAST_SPARK && spark > 0;
    lines.add(new Line(row("", "p50", "p99") + (sparks ? heading(spark, width) : ""), Tone.FAINT));
    int shown = sparks ? width - FIGURES - TOP : 0;
    lines.add(latency("TTFT", s.ttftP50(), s.ttftP99(), LiveSecond::ttftP99, shown));
    lines.add(latency("ITL", s.itlP50(), s.itlP99(), LiveSecond::itlP99, shown));
    lines.add(
        line("tok/s", number(s.outputTps()), LiveSecond::outputTps, LivePanel::number, shown));
    lines.add(
        line("in flight", number(s.inFlight()), LiveSecond::inFlight, LivePanel::number, shown));
    Double goodput = s.goodput();
    if (goodput != null) {
      lines.add(
          line("goodput", Figures.percent(goodput), LiveSecond::goodput, Figures::percent, shown));
    }
    if (s.spent() != null) {
      lines.add(plain("spent     " + s.spent()));
    }
    if (!s.limits().isEmpty()) {
      lines.add(
          new Line(
              "! the last seconds' figures are the client's own: " + LimitReason.words(s.limits()),
              Tone.WARNING));
    }
    return lines.stream().map(line -> new Line(cut(line.text(), width), line.tone())).toList();
  }

  private static String progress(LiveSnapshot s, int width) {
    if (s.totalS() <= 0) {
      return "%s  %s".formatted(LiveTime.text(s.elapsedS()), s.phase());
    }
    int bar = Math.clamp(width - 44L, 0, LONGEST_BAR);
    int full = (int) Math.round(Math.clamp(s.elapsedS() / s.totalS(), 0, 1) * bar);
    return "%s%s / %s  %s"
        .formatted(
            bar == 0 ? "" : "[" + "#".repeat(full) + "-".repeat(bar - full) + "] ",
            LiveTime.text(s.elapsedS()),
            LiveTime.text(s.totalS()),
            s.phase());
  }

  private Line latency(
      String name,
      @Nullable Double p50,
      @Nullable Double p99,
      Function<LiveSecond, @Nullable Double> figure,
      int width) {
    return plain(row(name, ms(p50), ms(p99)) + spark(figure, Figures::ms, width));
  }

  private Line line(
      String name,
      String figure,
      Function<LiveSecond, @Nullable Double> each,
      DoubleFunction<String> words,
      int width) {
    return plain(row(name, figure, "") + spark(each, words, width));
  }

  private static String heading(int seconds, int width) {
    String whole = "each second's p99 or mean, last " + seconds + " s";
    return FIGURES + whole.length() <= width ? whole : "each second, last " + seconds + " s";
  }

  /** A sparkline and its highest value; nothing where there is no room. */
  private String spark(
      Function<LiveSecond, @Nullable Double> figure, DoubleFunction<String> words, int width) {
    if (width == 0) {
      return "";
    }
    List<@Nullable Double> values = new ArrayList<>();
    seconds.stream()
        .skip(Math.max(0, seconds.size() - width))
        .forEach(second -> values.add(figure.apply(second)));
    double top =
        values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).max().orElse(0);
    return Sparkline.latest(values, top, width, blocks)
        + (top > 0 ? " to " + words.apply(top) : "");
  }

  private static String row(String name, String first, String second) {
    return String.format(Locale.ROOT, "%-9s%10s%10s   ", name, first, second);
  }

  private String cut(String text, int width) {
    String line = text.stripTrailing();
    if (line.length() <= width) {
      return line;
    }
    String end = blocks ? "…" : ">";
    return line.substring(0, Math.max(0, width - end.length())) + end;
  }

  private static Line plain(String text) {
    return new Line(text, Tone.PLAIN);
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
  }

  private String ms(@Nullable Double value) {
    return value == null ? (blocks ? "–" : "-") : Figures.ms(value);
  }
}
